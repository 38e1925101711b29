import type { Words } from '#libs/kernel';

/** Refusals of the access table that are the gateway's own; the rest are bank-core's codes. */
export const accessSentences = {
  request_too_large: {
    ja: 'URL またはヘッダーが長すぎます。',
    en: 'The URL or a header is longer than is accepted.',
  },
  token_in_query: {
    ja: 'アクセストークンを URL に入れないでください。',
    en: 'An access token must not be sent in the URL.',
  },
  token_missing: {
    ja: 'アクセストークンがありません。',
    en: 'There is no access token.',
  },
  invalid_token: {
    ja: 'アクセストークンが無効か、期限が切れています。',
    en: 'The access token is not valid or has expired.',
  },
  invalid_dpop_proof: {
    ja: 'DPoP の証明が正しくないか、すでに使われています。',
    en: 'The DPoP proof is not valid or was used before.',
  },
  use_dpop_nonce: {
    ja: 'DPoP-Nonce の値を入れて、もう一度お試しください。',
    en: 'Please try again with the value of DPoP-Nonce.',
  },
  binding_mismatch: {
    ja: 'アクセストークンは別の鍵または証明書に結び付いています。',
    en: 'The access token is bound to another key or certificate.',
    clause: 'RKN-S1',
  },
  client_certificate_missing: {
    ja: 'このアクセストークンにはクライアント証明書が必要です。証明書用の接続先をお使いください。',
    en: 'This access token needs its client certificate; call the host for certificates.',
    clause: 'RKN-S1',
  },
  software_blocked: {
    ja: 'このソフトウェアは金融機関の措置により一時停止中です。接続の状態の照会と同意の終了はできます。',
    en: 'The bank has blocked this software for a time; it may ask for its standing and end consents.',
    clause: 'INT-13',
  },
  chain_partner_missing: {
    ja: 'x-chain-partner-id に連鎖接続先の ID か none を指定してください。',
    en: 'x-chain-partner-id must name a chain partner or say none.',
    clause: 'RKN-D1a',
  },
  temporarily_unavailable: {
    ja: 'ただいま処理できません。しばらくしてから再度お試しください。',
    en: 'This cannot be handled at the moment. Please try again shortly.',
  },
  customer_claim_malformed: {
    ja: 'x-fapi-customer-ip-address は IP アドレス、x-fapi-auth-date は HTTP-date で送ってください。',
    en: 'x-fapi-customer-ip-address has to be an IP address, and x-fapi-auth-date an HTTP-date.',
  },
  quota_exceeded: {
    ja: '呼び出しの上限を超えました。RateLimit の時間をおいてください。',
    en: 'The limit of calls is exceeded. Wait as RateLimit says.',
  },
} as const satisfies Record<string, Words & { readonly clause?: string }>;

export type AccessCode = keyof typeof accessSentences;
