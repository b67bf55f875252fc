// The settings of the server.
// params: none
SHOW SETTINGS YIELD name, value
RETURN name, value
