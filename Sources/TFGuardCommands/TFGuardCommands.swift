// TFGuardCommands
