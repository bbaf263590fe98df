"""Values every room shares: periods, counties, measures, settings, words and findings."""
