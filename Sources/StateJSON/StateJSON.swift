// StateJSON
