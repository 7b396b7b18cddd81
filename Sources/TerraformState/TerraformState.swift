// TerraformState
