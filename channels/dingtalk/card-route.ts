import type { Dingtalk } from './client.js'

/** Names the address that clicks are sent to over HTTP; a card is made with it. */
export const cardRouteKey = 'bulou'

/**
 * Says where clicks on our cards go in HTTP mode, and what they are signed with. Saying it again replaces it.
 * https://open.dingtalk.com/document/development/register-card-callback-address
 */
export async function registerCardRoute(dingtalk: Dingtalk, { secret }: { secret: string }): Promise<void> {
  const callbackUrl = new URL('/callback/dingtalk/card', dingtalk.settings.publicUrl).href
  const body = { callbackRouteKey: cardRouteKey, callbackUrl, apiSecret: secret, forceUpdate: true }
  await dingtalk.call('POST', '/v1.0/card/callbacks/register', { body })
}
