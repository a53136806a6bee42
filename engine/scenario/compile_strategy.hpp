// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "scenario/resolved.hpp"

namespace vouch::scenario {

/// Compiles strategies against the compiled assumptions.
class StrategyCompiler {
 public:
  StrategyCompiler(const Resolved& resolved, const model::Model& model, Reader& reader);

  model::Strategy compile(const std::string& name) const;

 private:
  /// A program with what the outcomes read of it.
  struct Source {
    std::string name;
    std::vector<std::pair<std::string, double>> conduct;  ///< `reward` included, sorted by name
    model::Program program;
  };

  std::vector<Source> compile_programs(const std::string& strategy) const;
  model::Program compile_program(const std::string& name, const Table& table) const;
  void compile_timing(model::Program& program, const Table& table) const;
  model::Conduct compile_conduct(const Table& table) const;
  model::Thanks compile_thanks(const Table& table, const char* key, model::TouchKind kind) const;
  model::Manners compile_manners(const std::string& strategy) const;
  model::Outcome compile_outcome(std::size_t kind, const std::vector<Source>& sources) const;
  const Node& strategy_node(const std::string& name) const;

  const Resolved& resolved_;
  const model::Model& model_;
  Reader& reader_;
  double thanks_half_life_days_;
  std::string warm_up_strategy_;
};

}  // namespace vouch::scenario
