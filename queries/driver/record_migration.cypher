// Record that a schema file was applied.
// params: version, checksum, at
CREATE (:Migration {version: $version, checksum: $checksum, applied_at: $at})
