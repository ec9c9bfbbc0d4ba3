# The estimates of the benchmark by R's survival: how long each takes (milliseconds by the clock and of the processor), and what comes out.
suppressPackageStartupMessages(library(survival))
given <- commandArgs(trailingOnly = TRUE)
spells <- read.csv(given[1])
runs <- as.integer(given[2])
spells$district <- factor(spells$district)

show <- function(name, x) cat(sprintf("value %s %.17g\n", name, x), sep = "")
measure <- function(name, what) {
  what()
  times <- replicate(runs, { t <- system.time(what()); c(t[["elapsed"]], t[["user.self"]] + t[["sys.self"]]) })
  cat(sprintf("time %s %.17g %.17g\n", name, 1000 * median(times[1, ]), 1000 * median(times[2, ])))
  what()
}
plain <- function(formula) survfit(formula, spells, conf.type = "log-log")
clustered <- function(formula) survfit(formula, spells, conf.type = "log-log", cluster = household)
curves <- function(fit) list(all = fit(Surv(entry, time, event) ~ 1), by = fit(Surv(entry, time, event) ~ district))
of_curves <- function(name, fits) {
  horizons <- c(366, 731, 1096)
  all <- summary(fits$all, times = horizons)
  by <- summary(fits$by, times = horizons[2])
  show(paste0(name, ":S", horizons), all$surv)
  show(paste0(name, ":se", horizons), all$std.err)
  show(paste0(name, ":S", horizons[2], ":", sub("district=", "", by$strata)), by$surv)
  show(paste0(name, ":se", horizons[2], ":", sub("district=", "", by$strata)), by$std.err)
}

cat(sprintf("with R %s, survival %s\n", getRversion(), packageVersion("survival")))
of_curves("greenwood", measure("greenwood", function() curves(plain)))
of_curves("clustered", measure("clustered", function() curves(clustered)))
# survdiff knows no delayed entry.
show("log-rank:chisq", measure("log-rank", function() survdiff(Surv(time, event) ~ voluntary + strata(district), spells))$chisq)
cox <- measure("cox", function() coxph(Surv(entry, time, event) ~ voluntary + near_poor + minority + female + strata(district), spells, cluster = household))
show(paste0("cox:", names(coef(cox))), coef(cox))
show(paste0("cox:se:", names(coef(cox))), sqrt(diag(cox$var)))
