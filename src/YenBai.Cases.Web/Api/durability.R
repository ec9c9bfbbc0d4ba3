# ---- From here on the script is the same for every question. Formulae: Kaplan & Meier 1958, Greenwood 1926, Kalbfleisch & Prentice
# (limits on the log-log scale), Aalen & Johansen 1978 with the variance of Dinse & Larson 1986, Mantel 1966 (log-rank).
# Base R, and for the regression by Cox's model the package survival.

if (question$publishable) {
  # One row for all spells with the same values: each of them counts as a household of its own.
  spells <- published[rep(seq_len(nrow(published)), published$count), , drop = FALSE]
  spells$household <- seq_len(nrow(spells))
  message(nrow(spells), " spells, rounded to five")
} else {
  arguments <- commandArgs(trailingOnly = TRUE)
  file <- if (length(arguments) > 0) arguments[1] else "spells.csv"
  if (!file.exists(file)) stop("There is no file ", file, ". Export the spells first; the address stands above.")
  spells <- read.csv(file, colClasses = "character", check.names = FALSE, encoding = "UTF-8", na.strings = character(0))
  names(spells)[1] <- sub("^\ufeff", "", names(spells)[1])
  for (column in c("spell_no", "cohort", "entry", "time", "event", "period", "entry_period")) spells[[column]] <- as.integer(spells[[column]])
  for (column in c("exit_date", "end_date")) spells[[column]] <- as.Date(spells[[column]])
  # The file has an apostrophe in front of what a spreadsheet would run as a formula; it is no part of the value.
  for (column in names(spells)) if (is.character(spells[[column]])) spells[[column]] <- sub("^'(?='*(?:[=+@\\t\\r]|-(?![0-9.,]+$)))", "", spells[[column]], perl = TRUE)
  message(nrow(spells), " spells of ", length(unique(spells$household)), " households")
}

columns <- c(district = "district", commune = "commune", cohort = "cohort", voluntary = "voluntary", support = "support", standard = "standard",
             depth = "depth", merit = "merit", ethnicMinority = "ethnic_minority", headSex = "head_sex", ownRequest = "own_request")
value_of <- function(grouping) {
  value <- as.character(spells[[columns[[grouping]]]])
  ifelse(is.na(value) | value == "", "unknown", value)
}
by_reviews <- question$timeScale == "reviews"
spells$group <- if (is.null(question$groupBy)) "all" else value_of(question$groupBy)
spells$stratum <- if (length(question$strata) == 0) "" else do.call(paste, c(lapply(question$strata, value_of), sep = "\n"))
spells$t <- if (by_reviews) spells$period else spells$time
spells$e <- if (by_reviews) spells$entry_period else spells$entry
spells$returned <- spells$event == 1L
z <- qnorm(1 - (1 - question$level) / 2)
groups <- function(rows) split(rows, factor(rows$group, levels = sort(unique(rows$group), method = "radix")))

# Number watched just before each time: entry < t <= end. Who is watched from the start is watched at time 0 too.
below <- function(times, values) findInterval(times, sort(values), left.open = TRUE)
at_risk <- function(times, t, e) below(times, ifelse(e <= 0, -Inf, e)) - below(times, t)

steps_of <- function(rows) {
  rows <- rows[rows$e < rows$t, ]
  times <- sort(unique(rows$t))
  n <- at_risk(times, rows$t, rows$e)
  d <- tabulate(match(rows$t[rows$returned], times), length(times))
  ended <- tabulate(match(rows$t, times), length(times))
  data.frame(time = times, n = n, d = d, censored = ended - d, survival = cumprod(1 - d / n), greenwood = cumsum(ifelse(d < n, d / (n * (n - d)), 0)))
}

# Published curves end where fewer are at risk than a share must have below it.
curve_of <- function(rows) {
  steps <- steps_of(rows)
  if (question$publishable) steps[cumsum(steps$n < question$minimumDenominator) == 0, ] else steps
}
# What was cut off is not carried on; where nobody was followed longer, the last value is.
too_few <- function(rows, steps, time) question$publishable && (nrow(rows) < question$minimumDenominator || nrow(steps) == 0 || (time > max(steps$time) && nrow(steps) < nrow(steps_of(rows))))

# Variance of log S at a time by households: Greenwood's where none has two spells and all are watched from the start.
clustered <- function(rows, steps, horizon) {
  rows <- rows[rows$e < rows$t, ]
  steps <- steps[steps$time <= horizon, ]
  left <- steps$n - steps$d
  slope <- cumsum(ifelse(left > 0, steps$d / (steps$n * left), 0))
  up_to <- function(t) c(0, slope)[findInterval(t, steps$time) + 1]
  happened <- rows$returned & rows$t <= horizon
  jump <- numeric(nrow(rows))
  jump[happened] <- 1 / left[match(rows$t[happened], steps$time)]
  influence <- jump - (up_to(pmin(rows$t, horizon)) - up_to(ifelse(rows$e <= 0, -Inf, rows$e)))
  sum(rowsum(influence, rows$household)^2)
}

limits <- function(survival, log_error) {
  if (is.na(survival) || survival <= 0) return(c(NA, NA))
  if (question$interval == "log") return(c(survival * exp(-z * log_error), min(1, survival * exp(z * log_error))))
  if (question$interval == "plain") return(c(max(0, survival - z * survival * log_error), min(1, survival + z * survival * log_error)))
  if (survival >= 1) return(c(NA, NA))
  half <- z * log_error / log(survival)
  exp(-exp(log(-log(survival)) + c(-1, 1) * half))
}

horizon_of <- function(rows, horizon) {
  steps <- curve_of(rows)
  if (too_few(rows, steps, horizon)) return(rep(NA_real_, 5))
  if (nrow(steps) == 0) return(rep(NA_real_, 5))
  following <- steps$n[steps$time >= horizon]
  n <- if (length(following) > 0) following[1] else 0
  here <- steps[steps$time <= horizon, ]
  if (nrow(here) == 0) return(c(n, 1, 0, limits(1, 0)))
  last <- here[nrow(here), ]
  if (last$survival <= 0) return(c(n, 0, NA, NA, NA))
  by_household <- question$variance == "cluster"
  log_error <- sqrt(if (by_household) clustered(rows, steps, horizon) else last$greenwood)
  c(n, last$survival, last$survival * log_error, limits(last$survival, log_error))
}

mean_of <- function(rows, tau) {
  steps <- curve_of(rows)
  if (too_few(rows, steps, tau)) return(c(NA_real_, NA_real_))
  if (nrow(steps) == 0) return(c(NA_real_, NA_real_))
  steps <- steps[steps$time < tau, ]
  if (nrow(steps) == 0) return(c(tau, 0))
  area <- rev(cumsum(rev(diff(c(steps$time, tau)) * steps$survival)))
  counts <- steps$d > 0 & steps$n > steps$d
  c(steps$time[1] + area[1], sqrt(sum((area^2 * steps$d / (steps$n * (steps$n - steps$d)))[counts])))
}

incidence_of <- function(rows, horizon) {
  rows$cause <- rows$event
  if (by_reviews) {
    # By reviews a household is gone in the cycle in which it went, which no review closed.
    gone <- rows$event >= 2L
    if (question$publishable) rows$t[gone] <- rows$gone[gone]
    else for (i in which(gone)) rows$t[i] <- 1L + sum(question$reviews > rows$exit_date[i] & question$reviews < rows$end_date[i])
    rows$cause[!gone & rows$event != 1L] <- 0L
  }
  if (question$moveOut == "censor") rows$cause[rows$cause == 2L] <- 0L
  rows <- rows[rows$e < rows$t, ]
  times <- sort(unique(rows$t))
  n <- at_risk(times, rows$t, rows$e)
  count <- function(is) tabulate(match(rows$t[is], times), length(times))
  all <- count(rows$cause > 0L)
  before <- c(1, cumprod(1 - all / n))[seq_along(times)]
  keep <- times <= horizon
  out <- NULL
  for (cause in c(1L, if (question$moveOut == "compete") 2L, 3L)) {
    d <- count(rows$cause == cause)
    f <- cumsum(before * d / n)
    to <- (if (any(keep)) f[max(which(keep))] else 0) - f
    variance <- sum(ifelse(n > all, to^2 * all / (n * (n - all)), 0)[keep]) + sum((before^2 * d * (n - d) / n^3)[keep]) - 2 * sum((to * before * d / n^2)[keep])
    out <- rbind(out, data.frame(cause = c("reentry", "move_out", "dissolve")[cause], incidence = if (any(keep)) f[max(which(keep))] else 0, error = sqrt(max(0, variance))))
  }
  out
}

# Published groups are compared as their curves show them.
as_shown <- function(rows) {
  steps <- curve_of(rows)
  if (nrow(rows) < question$minimumDenominator || nrow(steps) == 0) return(rows[0, ])
  if (nrow(steps) < nrow(steps_of(rows))) {
    end <- max(steps$time)
    rows$returned[rows$t > end] <- FALSE
    rows$t <- pmin(rows$t, end)
  }
  rows[rows$e < rows$t, ]
}

log_rank <- function(rows) {
  rows <- rows[rows$group != "unknown", ] # a group that is not known is compared with none
  if (question$publishable) rows <- do.call(rbind, c(list(rows[0, ]), lapply(groups(rows), as_shown)))
  names <- sort(unique(rows$group), method = "radix")
  u <- expected <- numeric(length(names))
  v <- matrix(0, length(names), length(names))
  for (part in split(rows, rows$stratum)) {
    part <- part[part$e < part$t, ]
    times <- sort(unique(part$t[part$returned]))
    if (length(times) == 0) next
    n_of <- sapply(names, function(g) at_risk(times, part$t[part$group == g], part$e[part$group == g]))
    d_of <- sapply(names, function(g) tabulate(match(part$t[part$returned & part$group == g], times), length(times)))
    n_of <- matrix(n_of, nrow = length(times)); d_of <- matrix(d_of, nrow = length(times))
    for (j in seq_along(times)) {
      n <- sum(n_of[j, ]); d <- sum(d_of[j, ]); share <- n_of[j, ] / n
      u <- u + d_of[j, ] - d * share
      expected <- expected + d * share
      if (n > 1) v <- v + d * (n - d) / (n - 1) * (diag(share, length(share)) - outer(share, share))
    }
  }
  kept <- which(expected > 0)
  kept <- kept[-length(kept)]
  if (length(kept) == 0) return(c(NA, 0, NA))
  chi <- tryCatch(drop(u[kept] %*% solve(v[kept, kept, drop = FALSE], u[kept])), error = function(e) NA)
  c(chi, length(kept), pchisq(chi, length(kept), lower.tail = FALSE))
}

# A mark for yes and no, else one for each level but the reference; who has no known value is left out.
design <- function() {
  x <- NULL
  for (covariate in question$covariates) {
    value <- value_of(covariate)
    value[value == "unknown"] <- NA
    # Published terms have enough spells behind each level; a rarer level is left out.
    if (question$publishable && !(covariate %in% c("voluntary", "merit", "ethnicMinority"))) value[value %in% names(which(table(value) < question$minimumDenominator))] <- NA
    if (covariate %in% c("voluntary", "merit", "ethnicMinority")) x <- cbind(x, matrix(as.numeric(value), dimnames = list(NULL, covariate)))
    else for (level in setdiff(sort(unique(na.omit(value)), method = "radix"), question$references[[covariate]])) x <- cbind(x, matrix(as.numeric(value == level), dimnames = list(NULL, paste0(covariate, "=", level))))
  }
  x
}

cox <- function() {
  if (!requireNamespace("survival", quietly = TRUE)) { message("The package survival is not installed: the regression is not checked."); return(NULL) }
  x <- design()
  keep <- spells$e < spells$t & stats::complete.cases(x)
  data <- spells[keep, ]
  x <- x[keep, , drop = FALSE]
  Surv <- survival::Surv
  strata <- survival::strata # the model knows it by this name only
  model <- if (length(unique(data$stratum)) > 1) Surv(data$e, data$t, data$returned) ~ x + strata(data$stratum) else Surv(data$e, data$t, data$returned) ~ x
  fit <- survival::coxph(model, cluster = data$household, ties = "efron", control = survival::coxph.control(eps = 1e-11, iter.max = 50))
  data.frame(term = colnames(x), coef = unname(coef(fit)), error = sqrt(diag(fit$naive.var)), robust = sqrt(diag(fit$var)))
}

# One row a household and review cycle; a cycle without returns joins its neighbour, and those from the fifth on are one.
hazard <- function() {
  x <- design()
  if (is.null(x)) x <- matrix(0, nrow(spells), 0)
  rows <- rep(seq_len(nrow(spells)), pmax(0, spells$period - pmax(0, spells$entry_period)))
  cycle <- unlist(mapply(function(e, p) if (p > e) seq(e + 1, p), pmax(0, spells$entry_period), spells$period, SIMPLIFY = FALSE))
  y <- as.numeric(spells$event[rows] == 1L & cycle == spells$period[rows])
  keep <- stats::complete.cases(x[rows, , drop = FALSE])
  rows <- rows[keep]; cycle <- cycle[keep]; y <- y[keep]
  level <- pmin(cycle, 5)
  pooled <- integer(0); name <- 0; last <- NA
  for (k in sort(unique(level))) {
    happened <- sum(y[level == k])
    if (!is.na(last) && (happened == 0 || last == 0)) last <- last + happened
    else { name <- name + 1; last <- happened }
    pooled[as.character(k)] <- name
  }
  base <- outer(pooled[as.character(level)], seq_len(name), "==") * 1
  m <- cbind(base, x[rows, , drop = FALSE])
  link <- question$model
  fit <- glm.fit(m, y, family = binomial(link), control = glm.control(epsilon = 1e-14, maxit = 100))
  eta <- drop(m %*% fit$coefficients)
  mu <- binomial(link)$linkinv(eta)
  slope <- binomial(link)$mu.eta(eta)
  weight <- slope^2 / (mu * (1 - mu)) # the expected information
  bread <- solve(crossprod(m, m * weight))
  score <- rowsum(m * ((y - mu) * slope / (mu * (1 - mu))), spells$household[rows])
  robust <- bread %*% crossprod(score) %*% bread
  keep <- name + seq_len(ncol(x))
  data.frame(term = colnames(x), coef = unname(fit$coefficients[keep]), error = sqrt(diag(bread))[keep], robust = sqrt(diag(robust))[keep])
}

# ---- The numbers that were shown, made again.
checked <- 0L
wrong <- character(0)
check <- function(what, was, is, tolerance = 1e-9) {
  checked <<- checked + 1L
  same <- (is.na(was) && is.na(is)) || (!is.na(was) && !is.na(is) && abs(was - is) <= tolerance * max(1, abs(was)))
  if (!isTRUE(same)) wrong <<- c(wrong, sprintf("%s: shown %s, here %s", what, format(was, digits = 12), format(is, digits = 12)))
}

parts <- groups(spells)
for (i in seq_len(nrow(shown$horizons))) {
  was <- shown$horizons[i, ]
  is <- horizon_of(parts[[was$group]], was$horizon)
  for (k in 1:5) check(paste(was$group, was$horizon, c("at risk", "survival", "std. error", "lower", "upper")[k]), was[[k + 2]], is[k])
}
for (i in seq_len(nrow(shown$means))) {
  was <- shown$means[i, ]
  is <- mean_of(parts[[was$group]], question$tau)
  check(paste(was$group, "restricted mean"), was$value, is[1])
  check(paste(was$group, "restricted mean, std. error"), was$error, is[2])
}
if (!is.null(shown$incidence)) for (i in seq_len(nrow(shown$incidence))) {
  was <- shown$incidence[i, ]
  is <- incidence_of(parts[[was$group]], was$horizon)
  is <- is[is$cause == was$cause, ]
  check(paste(was$group, was$horizon, was$cause), was$incidence, is$incidence)
  check(paste(was$group, was$horizon, was$cause, "std. error"), was$error, is$error)
}
if (!is.null(shown$logRank)) {
  is <- log_rank(spells)
  for (k in 1:3) check(paste("log-rank", c("chi-square", "df", "p")[k]), shown$logRank[k], is[k])
}
if (!is.null(shown$terms)) {
  is <- if (question$model == "cox") cox() else hazard()
  if (!is.null(is)) for (i in seq_len(nrow(shown$terms))) {
    was <- shown$terms[i, ]
    mine <- is[is$term == was$term, ]
    if (nrow(mine) != 1) { wrong <- c(wrong, paste(was$term, "is not among the terms here")); next }
    for (k in c("coef", "error", "robust")) check(paste(was$term, k), was[[k]], mine[[k]], 1e-6)
  }
}
print(shown$horizons, row.names = FALSE)
if (length(wrong) > 0) {
  message(paste(wrong, collapse = "\n"))
  stop(length(wrong), " of ", checked, " numbers differ. Was the file exported with the address above, position and all?", call. = FALSE)
}
message("All ", checked, " numbers are those that were shown.")
