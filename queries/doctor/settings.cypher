// The settings that the server runs with.
// params: none
SHOW SETTINGS YIELD name, value
RETURN name, value
