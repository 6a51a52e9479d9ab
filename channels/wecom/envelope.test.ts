import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CallbackRefused } from '../sealed/refused.js'
import { readEnvelope } from './envelope.js'

const official =
  '<xml><ToUserName><![CDATA[ww1]]></ToUserName><AgentID><![CDATA[218]]></AgentID><Encrypt><![CDATA[abc=]]></Encrypt></xml>'

describe('readEnvelope', () => {
  it.each([
    ['as documented', official],
    [
      'in another order, without AgentID',
      '<xml><Encrypt><![CDATA[abc=]]></Encrypt><ToUserName><![CDATA[ww1]]></ToUserName></xml>',
    ],
    [
      'laid out over lines',
      '\n<xml>\n  <ToUserName><![CDATA[ww1]]></ToUserName>\r\n\t<Encrypt><![CDATA[abc=]]></Encrypt>\n</xml>\n',
    ],
    ['without CDATA', '<xml><ToUserName>ww1</ToUserName><Encrypt>abc=</Encrypt></xml>'],
    ['with an element that we do not know', '<xml><New><![CDATA[<b>]]></New><Encrypt><![CDATA[abc=]]></Encrypt></xml>'],
  ])('reads Encrypt %s', (_, body) => {
    expect(readEnvelope(body)).toBe('abc=')
  })

  it.each([
    ['nothing', ''],
    ['no XML', '{"encrypt":"abc="}'],
    ['no Encrypt', '<xml><ToUserName><![CDATA[ww1]]></ToUserName></xml>'],
    ['an empty Encrypt', '<xml><Encrypt><![CDATA[]]></Encrypt></xml>'],
    ['two Encrypt', '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>'],
    ['an unclosed root', '<xml><Encrypt>a</Encrypt>'],
    ['an unclosed element', '<xml><Encrypt><![CDATA[a]]></xml>'],
    ['an unclosed CDATA', '<xml><Encrypt><![CDATA[a</Encrypt></xml>'],
    ['a nested element', '<xml><Encrypt><a>b</a></Encrypt></xml>'],
    ['an attribute', '<xml><Encrypt a="b">c</Encrypt></xml>'],
    ['text between elements', '<xml>x<Encrypt>c</Encrypt></xml>'],
    ['text after the end', '<xml><Encrypt>c</Encrypt></xml>x'],
    ['a DOCTYPE', '<!DOCTYPE xml [<!ENTITY e "abc">]><xml><Encrypt>&e;</Encrypt></xml>'],
    ['a DOCTYPE inside', '<xml><!DOCTYPE a><Encrypt>c</Encrypt></xml>'],
    ['a comment', '<xml><!-- --><Encrypt>c</Encrypt></xml>'],
    ['more elements than it could have', `<xml>${'<A>1</A>'.repeat(20)}<Encrypt>c</Encrypt></xml>`],
  ])('refuses %s', (_, body) => {
    expect(() => readEnvelope(body)).toThrow(CallbackRefused)
  })

  it('throws nothing but the refusal for any mutation of an honest body', () => {
    fc.assert(
      fc.property(fc.nat(official.length), fc.nat(12), fc.string(), (at, cut, put) => {
        try {
          expect(typeof readEnvelope(official.slice(0, at) + put + official.slice(at + cut))).toBe('string')
        } catch (error) {
          expect(error).toBeInstanceOf(CallbackRefused)
        }
      }),
    )
  })
})
