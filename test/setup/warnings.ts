// What a library of ours will refuse in its next release fails today: a warning on a terminal is read by nobody.
process.on('warning', (warning) => {
  if (warning.name === 'DeprecationWarning' && /already executing a query/.test(warning.message)) throw warning
})
