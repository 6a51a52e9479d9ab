import { expect, it } from 'vitest'
import { makeJpegHead, makePng } from '../test/factories/pictures.js'
import { pictureSize } from './picture-size.js'

it('reads the size of a PNG and of a JPEG, whatever stands before its frame', () => {
  expect(pictureSize(makePng(30, 7))).toEqual({ width: 30, height: 7 })
  expect(pictureSize(makeJpegHead(640, 480))).toEqual({ width: 640, height: 480 })
})

it('of anything else, cut off or empty, it says nothing', () => {
  for (const bytes of [makePng(30, 7).subarray(0, 20), makeJpegHead(640, 480).subarray(0, 10), new Uint8Array(), makePng(0, 5)])
    expect(pictureSize(bytes)).toBeNull()
  // A segment that is said to have no length must not be walked through for ever.
  expect(pictureSize(Uint8Array.from([0xff, 0xd8, ...Array(50).fill([0xff, 0xe0, 0, 0]).flat()]))).toBeNull()
})
