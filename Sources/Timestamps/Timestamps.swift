// Timestamps
