// StateComparison
