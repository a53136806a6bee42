// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "generated.hpp"

namespace vouch::cli {
namespace {

/// Text for roff: hyphens that are typed as they are, and no line that looks like a request.
std::string escape_roff(const std::string& text) {
  std::string escaped;
  bool line_starts = true;
  for (const char c : text) {
    if (line_starts && (c == '.' || c == '\'')) escaped += "\\&";
    if (c == '\\')
      escaped += "\\e";
    else if (c == '-')
      escaped += "\\-";
    else
      escaped += c;
    line_starts = c == '\n';
  }
  return escaped;
}

std::string format_option(const OptionDescription& option) {
  std::string names;
  for (const std::string& name : option.names)
    names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", escape_roff(name));
  if (!option.placeholder.empty())
    names += fmt::format("{}\\fI{}\\fR", names.empty() ? "" : " ", escape_roff(option.placeholder));
  return fmt::format(".TP\n{}\n{}\n", names, escape_roff(option.description));
}

/// The footer's examples as they are, and what follows them as text.
std::string format_footer(const std::string& footer) {
  const std::size_t end = footer.find("\n\n");
  const std::size_t examples = footer.find('\n') + 1;
  std::string text =
      fmt::format(".PP\nExamples:\n.nf\n{}\n.fi\n", escape_roff(footer.substr(examples, end - examples)));
  if (end != std::string::npos) text += fmt::format(".PP\n{}\n", escape_roff(footer.substr(end + 2)));
  return text;
}

std::string format_synopsis(const CommandDescription& command) {
  std::string text = fmt::format("\\fBvouch {}\\fR [\\fIoptions\\fR]", command.name);
  for (const OptionDescription& option : command.options)
    if (option.names.empty())
      text += option.required ? fmt::format(" \\fI{}\\fR{}", option.placeholder, option.is_list ? "..." : "")
                              : fmt::format(" [\\fI{}\\fR]", option.placeholder);
  return text;
}

}  // namespace

std::string generate_man_page(const std::vector<CommandDescription>& commands) {
  const CommandDescription& program = commands.front();
  std::string text =
      ".\\\" Made by 'vouch man'.\n.TH VOUCH 1 \"\" vouch \"User commands\"\n.SH NAME\nvouch \\- simulates referral "
      "selling\n";
  text += ".SH SYNOPSIS\n";
  for (std::size_t i = 1; i < commands.size(); ++i)
    text += (i > 1 ? ".br\n" : "") + format_synopsis(commands[i]) + '\n';
  text += fmt::format(".SH DESCRIPTION\n{}\n", escape_roff(program.description));
  for (const OptionDescription& option : program.options) text += format_option(option);
  text += format_footer(program.footer) + ".SH COMMANDS\n";
  for (std::size_t i = 1; i < commands.size(); ++i) {
    const CommandDescription& command = commands[i];
    text += fmt::format(".SS vouch {}\n{}\n", command.name, escape_roff(command.description));
    for (const OptionDescription& option : command.options) text += format_option(option);
    if (!command.footer.empty()) text += format_footer(command.footer);
  }
  text +=
      ".SH FILES\n.TP\n\\fIFILE\\fR\nThe results, HDF5.\n.TP\n\\fIFILE\\fR.journal\nFinished worlds of a run that is "
      "not finished.\n"
      ".TP\n\\fIFILE\\fR.log.jsonl\nWhen and how the file was made, a line for each run.\n"
      ".SH ENVIRONMENT\n.TP\nNO_COLOR\nIf set, no colours.\n.TP\nSOURCE_DATE_EPOCH\nIf set, the creation date that "
      "results files hold.\n";
  return text;
}

}  // namespace vouch::cli
