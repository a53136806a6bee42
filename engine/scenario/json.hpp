// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

#include "scenario/node.hpp"

namespace vouch::scenario {

using Json = nlohmann::ordered_json;

/// A value without source and note. JSON has no infinity: it becomes "inf".
inline Json to_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::flag:
      return node.flag;
    case Node::Kind::whole:
      return node.whole;
    case Node::Kind::real:
      return std::isinf(node.real) ? Json(node.real < 0.0 ? "-inf" : "inf") : Json(node.real);
    case Node::Kind::list: {
      Json list = Json::array();
      for (const Node& item : node.items) list.push_back(to_json(item));
      return list;
    }
    case Node::Kind::table: {
      if (const Node* value = unwrap(node).value; value != &node) return to_json(*value);
      Json table = Json::object();
      for (const Member& member : node.members)
        if (!is_annotation(member.key)) table[member.key] = to_json(member.value);
      return table;
    }
    default:
      return node.text;
  }
}

}  // namespace vouch::scenario
