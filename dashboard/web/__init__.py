"""What the server adds around the app: language, compression, assets, headers, short error pages."""
