import { expect, it } from 'vitest'
import { decrypt, encrypt, encryptBlocks, sign, signCard, signRobot } from './crypto.js'

/** Official examples: open-dingtalk/DingTalk-Callback-Crypto (Go, C#, Python 3) and two pages of open.dingtalk.com. */
const OFFICIAL = [
  {
    name: 'the sample in Go',
    token: 'tokenxxxx',
    aesKey: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus',
    ownerKey: 'dingxxxxxx',
    signature: 'f36f4ba5337d426c7d4bca0dbcb06b3ddc1388fc',
    timestamp: '1605695694141',
    nonce: 'WelUQl6bCqcBa2fM',
    encrypted: 'X1VSe9cTJUMZu60d3kyLYTrBq5578ZRJtteU94wG0Q4Uk6E/wQYeJRIC0/UFW5Wkya1Ihz9oXAdLlyC9TRaqsQ==',
    message: 'success',
    random: 'WelUQl6bCqcBa2fM',
  },
  {
    name: 'the sample in Python',
    token: 'mryue',
    aesKey: 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7',
    ownerKey: 'ding6ccabc44d2c8d38b',
    signature: '03044561471240d4a14bb09372dfcfd4fd0e40cb',
    timestamp: '1608001896814',
    nonce: 'WL4PK6yA',
    encrypted:
      '0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3',
    message: '{"EventType":"check_url"}',
    random: 'l7Y3EcX2CU5w8av3',
  },
  {
    name: 'the page on encryption',
    token: '123456',
    aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij',
    ownerKey: 'suite4xxxxxxxxxxxxxxx',
    signature: '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
    timestamp: '1445827045067',
    nonce: 'nEXhMP4r',
    encrypted:
      '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==',
    message: '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}',
    random: 'hU3bEfGZZewzhG5a',
  },
  {
    name: 'the page on pushes',
    token: '123456',
    aesKey: '1234567890123456789012345678901234567890123',
    ownerKey: 'dingsnotzck6pm5veliw',
    signature: '9a95a004dd16f5c307e849b994173f76aa26e5eb',
    timestamp: '1614767836',
    nonce: 'A7Co0cJLMzIDtMMI',
    encrypted: 'YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==',
    message: 'success',
    random: 'dICkEDLj0eb6yAbc',
  },
]

it.each(OFFICIAL)('encrypts to the very bytes of $name, opens and signs them', (o) => {
  expect(encrypt(o.aesKey, o.message, o.ownerKey, Buffer.from(o.random))).toBe(o.encrypted)
  expect(decrypt(o.aesKey, o.encrypted)).toEqual({ message: o.message, ownerKey: o.ownerKey, random: Buffer.from(o.random) })
  expect(sign(o.token, o.timestamp, o.nonce, o.encrypted)).toBe(o.signature)
})

it('pads as the raw example in Rust, which has no length and is no message', () => {
  const key = '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij'
  const raw = 'DwCJ9BMxu4r+VTe9TD+AWc1yfxqs7d2YgepFe4XruMgh1+6pTjCCq4nqAM6StRcafOx5a1OfwmX3ckSBifatlA=='
  expect(encryptBlocks(key, Buffer.from('5p7b4jXMWUshiBCosucc111esssuite4xxxxxxxxxxxxxxx221'))).toBe(raw)
  expect(() => decrypt(key, raw)).toThrow('shorter than it says')
})

it('signs what is not encrypted', () => {
  // The example of the page on signatures; the robot's inputs stand on [receive-message], which prints no output.
  expect(signCard('testappSecret', '1546084445901')).toBe('HCbG3xNE3vzhO+u7qCUL1jS5hsu2n5r2cFhnTrtyDAE=')
  expect(signRobot('this is a secret', '1577262236757')).toBe('DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=')
})

it('opens nothing under another key', () => {
  const [one, other] = OFFICIAL
  expect(() => decrypt(other?.aesKey ?? '', one?.encrypted ?? '')).toThrow()
})
