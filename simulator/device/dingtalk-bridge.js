/**
 * The bridge that the DingTalk client on an iPhone puts into every page [JS]: `WebViewJavascriptBridge.init`, `.callHandler`
 * and `.registerHandler`, answers as `{errorCode, errorMessage, result}` where «0» is yes, and the event that says it is there.
 * Runs before anything of the page's own.
 */
;(() => {
  const userAgent = '__USER_AGENT__'
  Object.defineProperty(Navigator.prototype, 'userAgent', { configurable: true, get: () => userAgent })

  const call = async (method, params) => {
    const res = await fetch('/__device/invoke', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ method, params, url: location.href }),
    })
    return res.json()
  }

  window.WebViewJavascriptBridge = {
    init() {},
    callHandler(method, params, callback) {
      // Functions among the parameters stay on this side, as in the client.
      const plain = JSON.parse(JSON.stringify(params ?? {}))
      call(method, plain).then(
        (answer) => callback?.(answer),
        () => callback?.({ errorCode: '3', errorMessage: 'network' }),
      )
    },
    /** Events of the client (resume, pause, network): none of them happens here. */
    registerHandler() {},
  }
  document.dispatchEvent(new Event('WebViewJavascriptBridgeReady'))

  /** The phone's own clipboard, which a page may read as the webview lets it; this machine's is another one. */
  const readText = async () => (await call('__clipboard', {})).result.text
  Object.defineProperty(Navigator.prototype, 'clipboard', {
    configurable: true,
    get: () => ({ readText, writeText: (text) => call('biz.clipboardData.setData', { text }).then(() => undefined) }),
  })
})()
