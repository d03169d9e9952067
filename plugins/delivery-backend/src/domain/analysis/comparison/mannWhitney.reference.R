# Prints mannWhitney.reference.json, which mannWhitney.test.ts holds mannWhitney.ts to. Nothing runs this by itself;
# it is here so that anybody can see where the numbers come from, and repeat or extend them with any R from 4.2 on:
#
#   Rscript mannWhitney.reference.R > mannWhitney.reference.json
#
# For each data set: R's own wilcox.test by the normal approximation, with its root finding told to be exact (its
# default of 1e-4 is coarser than the third digit of an error ratio), at three levels of confidence. Where all points
# are equal R gives no interval, and null is printed. `median` is the textbook Hodges-Lehmann estimate, by brute force:
# where it lies between two differences, R's search may end anywhere between them.

set.seed(20261123)
n <- function(x, digits = 4) round(x, digits)
sets <- list(
  "normal, alike" = list(n(rnorm(60, 100, 10)), n(rnorm(60, 100, 10))),
  "normal, shifted up" = list(n(rnorm(60, 112, 10)), n(rnorm(60, 100, 10))),
  "normal, shifted down" = list(n(rnorm(55, 80, 10)), n(rnorm(70, 100, 10))),
  "skewed as latencies are" = list(n(rlnorm(80, 3.2, 0.6)), n(rlnorm(80, 3, 0.6))),
  "very different sizes" = list(n(rgamma(50, 2, 0.1)), n(rgamma(300, 2, 0.1))),
  "whole numbers with many ties" = list(rpois(60, 4), rpois(75, 3)),
  "error ratios, mostly zero" = list(
    n(ifelse(runif(90) < 0.8, 0, runif(90, 0, 0.2))),
    n(ifelse(runif(90) < 0.9, 0, runif(90, 0, 0.2)))),
  "error ratios, almost all zero" = list(c(rep(0, 58), 0.05, 0.1), rep(0, 60)),
  "differences of a millionth" = list(n(1 + runif(50) * 1e-6, 10), n(1 + 3e-7 + runif(50) * 1e-6, 10)),
  "about zero" = list(n(rnorm(50)), n(rnorm(51))),
  "far apart" = list(n(runif(50, 1000, 1001)), n(runif(50))),
  "few points" = list(n(rexp(10)), n(rexp(13) + 0.5)),
  "all equal" = list(rep(5, 50), rep(5, 60)),
  "steps of a histogram" = list(n(round(rlnorm(60, 3, 0.4)), 0), n(round(rlnorm(60, 3, 0.4)), 0))
)

num <- function(v) ifelse(is.finite(v), sprintf("%.17g", v), "null")
list_of <- function(v) paste0("[", paste(num(v), collapse = ", "), "]")

result <- function(x, y, level) {
  test <- tryCatch(
    suppressWarnings(wilcox.test(x, y,
      exact = FALSE, correct = TRUE, conf.int = TRUE, conf.level = level, tol.root = 1e-14)),
    error = function(e) list(p.value = NaN, estimate = NaN, conf.int = c(NaN, NaN)))
  sprintf('        { "confidence": %s, "pValue": %s, "estimate": %s, "lower": %s, "upper": %s }',
    num(level), num(test$p.value), num(test$estimate), num(test$conf.int[1]), num(test$conf.int[2]))
}

entry <- function(name) {
  x <- sets[[name]][[1]]
  y <- sets[[name]][[2]]
  paste0(
    sprintf('    {\n      "name": "%s",\n      "canary": %s,\n      "stable": %s,\n      "median": %s,\n      "results": [\n',
      name, list_of(x), list_of(y), num(median(outer(x, y, "-")))),
    paste(sapply(c(0.95, 0.98, 0.999), function(level) result(x, y, level)), collapse = ",\n"),
    "\n      ]\n    }")
}

normal <- function(z) sprintf('    { "z": %s, "upperTail": %s }', num(z), num(pnorm(z, lower.tail = FALSE)))
quantile <- function(p) sprintf('    { "chance": %s, "quantile": %s }', num(p), num(qnorm(p)))

cat(sprintf('{\n  "source": "%s",\n', R.version.string))
cat('  "normal": [\n', paste(sapply(c(-4, -1, 0, 0.1, 0.5, 1, 2, 2.9, 2.9999, 3, 3.1, 4, 6, 10, 30), normal), collapse = ",\n"), "\n  ],\n", sep = "")
cat('  "quantiles": [\n', paste(sapply(c(0.5, 0.75, 0.9, 0.975, 0.99, 0.995, 0.9995, 0.99995), quantile), collapse = ",\n"), "\n  ],\n", sep = "")
cat('  "sets": [\n', paste(sapply(names(sets), entry), collapse = ",\n"), "\n  ]\n}\n", sep = "")
