/** What each member has open in their client. */
export type Open = { entry: string; externalUserId?: string; chatId?: string }

export type DeviceFact = { type: 'opened'; userid: string; open: Open } | { type: 'clipboard'; userid: string; text: string }

export type Devices = { open: Map<string, Open>; clipboards: Map<string, string> }

export const createDevices = (): Devices => ({ open: new Map(), clipboards: new Map() })

export function applyDevice(devices: Devices, fact: DeviceFact): void {
  if (fact.type === 'opened') devices.open.set(fact.userid, fact.open)
  else devices.clipboards.set(fact.userid, fact.text)
}
