export const unopenedOf = (versionId: string) => ({ kind: 'quote-unopened', subject: `quote-unopened:${versionId}` })
export const expiringOf = (versionId: string) => ({ kind: 'quote-expiring', subject: `quote-expiring:${versionId}` })
