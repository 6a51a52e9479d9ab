type Sdk = { corpId: string; secret: string }
export function NewSdk(): Sdk
export function Init(sdk: Sdk, corpId: string, secret: string): number
export function GetChatData(
  sdk: Sdk,
  seq: number,
  limit: number,
  proxy: string,
  passwd: string,
  timeoutSeconds: number,
): Promise<{ ret: number; data: string }>
export function GetMediaData(
  sdk: Sdk,
  indexbuf: string,
  sdkfileid: string,
  proxy: string,
  passwd: string,
  timeoutSeconds: number,
): Promise<{ ret: number; data: Buffer; outindexbuf: string; isFinish: 0 | 1 }>
export function DecryptData(randomKey: string, encryptedMessage: string): { ret: number; data: string }
export function DestroySdk(sdk: Sdk): void
