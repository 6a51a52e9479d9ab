import { describe, expect, it } from 'vitest'
import { createRush } from './rush.js'

describe('a rush', () => {
  function start() {
    const clock = { ms: 0 }
    const rush = createRush(() => clock.ms)
    const come = (count: number, apartMs: number) => {
      for (let i = 0; i < count; i++) {
        clock.ms += apartMs
        rush.count()
      }
    }
    return { rush, come, clock }
  }

  it('is on above 500 a second and not below', () => {
    const slow = start()
    slow.come(900, 2.5)
    expect(slow.rush.isOn()).toBe(false)
    const quick = start()
    quick.come(900, 1)
    expect(quick.rush.isOn()).toBe(true)
  })

  it('is over when callbacks stop', () => {
    const { rush, come, clock } = start()
    come(900, 1)
    clock.ms += 450
    expect(rush.isOn()).toBe(false)
  })

  it('is not called off by the turn of a window', () => {
    const { rush, come } = start()
    for (let i = 0; i < 900; i++) {
      come(1, 1)
      if (i > 200) expect(rush.isOn()).toBe(true)
    }
  })
})
