// Only the gateway reaches this process, and it sets these headers itself, so the address that people typed is read from them.
process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto'
process.env.HOST_HEADER ??= 'x-forwarded-host'
