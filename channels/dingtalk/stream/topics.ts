/** Messages to the robot. https://open.dingtalk.com/document/development/robot-receive-message */
export const robotTopic = '/v1.0/im/bot/messages/get'
/** Clicks on interactive cards. https://open.dingtalk.com/document/development/event-callback-card */
export const cardTopic = '/v1.0/card/instances/callback'

/** What a connection asks for. Events can only be had all at once: which, is chosen in the developer console. */
export const subscriptions = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: robotTopic },
  { type: 'CALLBACK', topic: cardTopic },
]
