// ProviderSchema
