export const isDingtalk = (userAgent: string) => /DingTalk/i.test(userAgent)
