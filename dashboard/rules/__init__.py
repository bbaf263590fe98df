"""Pure arithmetic of the evaluation: rules as data, ranking, and the sentences that explain a rank."""
