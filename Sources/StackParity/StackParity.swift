// StackParity
