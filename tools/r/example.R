# SPDX-License-Identifier: Apache-2.0
# Results of vouch in R: each strategy's mean, its paired difference from the baseline with an interval, and a figure.
#
#   build/vouch run scenarios/when-to-ask.toml -o outputs/when-to-ask.h5
#   Rscript tools/r/example.R outputs/when-to-ask.h5 matched_wins outputs/matched-wins.pdf
#
# Needs ncdf4 (Debian: r-cran-ncdf4). The figure may be .pdf, .svg or .png. For files without a sweep, and for metrics
# over strategies and worlds, such as matched_wins; outputs/README.md has them all.
library(ncdf4)

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 3) stop("give a results file, a metric and a figure, as in the examples above")
path <- arguments[1]
metric <- arguments[2]
figure <- arguments[3]

results <- nc_open(path)
if (!metric %in% names(results$var)) stop("no metric '", metric, "' in ", path)
values <- ncvar_get(results, metric, collapse_degen = FALSE)  # [replication, strategy]: R turns the order round
completed <- ncvar_get(results, "completed", collapse_degen = FALSE)
strategies <- ncvar_get(results, "strategy")
read_attribute <- function(name) {
  capture.output(found <- ncatt_get(results, 0, name))  # which prints a warning about whole numbers of 64 bits
  found$value
}
baseline <- read_attribute("baseline")
confidence <- read_attribute("confidence")
is_antithetic <- read_attribute("antithetic") == 1
is_sequential <- grepl("^(best|budget)", read_attribute("until"))
unit <- sub("currency", read_attribute("currency"), ncatt_get(results, metric, "units")$value)
nc_close(results)
if (length(dim(values)) != 2) stop("'", metric, "' has more than strategies and worlds; choose another or sum it up")
if (is_sequential) stop(path, " was run until the difference had shown: Student's intervals would be too narrow")

dimnames(values) <- list(NULL, strategies)
values[completed == 0] <- NA  # worlds that were not simulated
if (is_antithetic) {  # pairs of replications depend on each other: one value for both
  first <- seq(1, nrow(values) - 1, by = 2)
  values <- (values[first, , drop = FALSE] + values[first + 1, , drop = FALSE]) / 2
}

# The same replication has the same customers and the same luck under every strategy: compare within it.
others <- setdiff(strategies, baseline)
if (length(others) == 0) stop("there is only one strategy in ", path, ": nothing to compare it with")
compare <- function(strategy) {
  difference <- na.omit(values[, strategy] - values[, baseline])
  error <- sd(difference) / sqrt(length(difference))
  half_width <- qt((1 + confidence) / 2, length(difference) - 1) * error
  c(mean = mean(values[, strategy], na.rm = TRUE), difference = mean(difference), standard_error = error,
    low = mean(difference) - half_width, high = mean(difference) + half_width)
}
table <- t(sapply(others, compare))
table <- table[order(table[, "difference"]), , drop = FALSE]
of_unit <- if (unit == "1") "" else paste0(" (", unit, ")")
cat(sprintf("%s%s: mean %.8g under %s; differences from it, each with a %g %% interval\n", metric, of_unit,
            mean(values[, baseline], na.rm = TRUE), baseline, 100 * confidence))
print(table, digits = 8)

device <- switch(tolower(tools::file_ext(figure)), pdf = pdf, svg = svg,
                 png = function(...) png(..., units = "in", res = 300, type = "cairo"),
                 stop("a figure ends in .pdf, .svg or .png"))
device(figure, width = 5, height = 1.2 + 0.3 * nrow(table), pointsize = 9)
rows <- seq_len(nrow(table))
range_shown <- range(0, table[, c("low", "high")], na.rm = TRUE)
par(mar = c(4.5, 1.5 + 0.5 * max(nchar(rownames(table))), 0.5, 1.5), las = 1)
plot(NULL, xlim = range_shown, ylim = c(0.5, nrow(table) + 0.5), axes = FALSE, ylab = "",
     xlab = paste0("difference in ", gsub("_", " ", metric), " from ", baseline, of_unit))
abline(v = 0, col = "grey60")
segments(table[, "low"], rows, table[, "high"], rows, col = "#0072b2", lwd = 2)
points(table[, "difference"], rows, pch = 19, cex = 0.8, col = "#0072b2")
ticks <- pretty(range_shown, 4)
axis(1, at = ticks, labels = format(ticks, big.mark = ",", scientific = FALSE, trim = TRUE))
axis(2, at = rows, labels = rownames(table), tick = FALSE)
invisible(dev.off())
