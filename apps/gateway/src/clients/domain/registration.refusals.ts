import type { RefusalSentences } from '#libs/kernel';

/** What a registration can fail on; all that apply are told at once (users.md B 23). */
export const findingSentences = {
  statement_missing: {
    ja: 'ソフトウェアステートメントがありません。',
    en: 'There is no software statement.',
  },
  statement_malformed: {
    ja: 'ソフトウェアステートメントが署名付き JWT として読めません。',
    en: 'The software statement cannot be read as a signed JWT.',
  },
  statement_issuer_unknown: {
    ja: 'このソフトウェアステートメントの発行者は認められていません。',
    en: 'The issuer of the software statement is not on the list of admitted issuers.',
  },
  statement_algorithm_not_allowed: {
    ja: 'ソフトウェアステートメントの署名方式が認められていません。',
    en: 'The software statement is signed by an algorithm that is not admitted.',
  },
  statement_signature_invalid: {
    ja: 'ソフトウェアステートメントの署名を発行者の鍵で確認できません。',
    en: 'The signature of the software statement does not hold by any key of its issuer.',
  },
  statement_claim_missing: {
    ja: 'ソフトウェアステートメントに必要な項目がないか、形が違います。',
    en: 'A claim of the software statement is missing or has the wrong form.',
  },
  statement_audience_wrong: {
    ja: 'ソフトウェアステートメントの宛先 (aud) がこの認可サーバーではありません。',
    en: 'The software statement is meant for another authorization server.',
  },
  statement_expired: {
    ja: 'ソフトウェアステートメントの期限が切れています。',
    en: 'The software statement has expired.',
  },
  statement_not_yet_valid: {
    ja: 'ソフトウェアステートメントの発行時刻が未来です。',
    en: 'The software statement was issued in the future.',
  },
  statement_lifetime_too_long: {
    ja: 'ソフトウェアステートメントの有効期間が長すぎます。',
    en: 'The software statement is good for longer than is admitted.',
  },
  statement_used: {
    ja: 'このソフトウェアステートメントは使用済みです。新しいものの発行を受けてください。',
    en: 'This software statement was used before; ask its issuer for a new one.',
  },
  intermediary_unknown: {
    ja: 'この電子決済等代行業者は、金融機関の契約の台帳で有効ではありません。',
    en: "The intermediary is not active in the banks' register of agreements.",
  },
  software_of_another: {
    ja: 'このソフトウェア ID は別の業者のものとして登録されています。',
    en: 'This software id is registered for another intermediary.',
  },
  registered_differently: {
    ja: 'このソフトウェアはすでに別の内容で登録されています。変更は登録の更新で申請してください。',
    en: 'This software is already registered with another value; ask for a change of the registration.',
  },
  not_in_statement: {
    ja: 'ソフトウェアステートメントに記載のない値です。',
    en: 'The software statement does not vouch for this value.',
  },
  form_wrong: {
    ja: '値の形が違います。',
    en: 'The value does not have the form of this member.',
  },
  value_not_allowed: {
    ja: 'この値は認められていません。',
    en: 'This value is not admitted.',
  },
  value_is_policy: {
    ja: 'この値はすべての登録で決められており、選べません。',
    en: 'This value is the same for every registration and cannot be chosen.',
  },
  member_not_accepted: {
    ja: 'この項目は受け付けていません。',
    en: 'This member is not accepted.',
  },
  one_sender_constraint: {
    ja: 'トークンは DPoP か証明書のどちらか一方にだけ結び付けてください。',
    en: 'Tokens are bound by DPoP or by certificate: one of the two, and not both.',
  },
  one_certificate_name: {
    ja: 'tls_client_auth では証明書の名前をちょうど一つ登録してください。',
    en: 'tls_client_auth needs exactly one name of the certificate.',
  },
  redirect_uri_not_https: {
    ja: 'リダイレクト URI は https の絶対 URI でなければなりません。',
    en: 'A redirect URI must be an absolute https URI.',
  },
  redirect_uri_not_plain: {
    ja: 'リダイレクト URI にフラグメント、利用者名、ワイルドカードは使えません。',
    en: 'A redirect URI carries no fragment, no user name and no wildcard.',
  },
  redirect_uri_host: {
    ja: 'リダイレクト URI の宛先は名前で指定してください。IP アドレスは使えません。',
    en: 'The host of a redirect URI is a name, not an address.',
  },
  redirect_uri_too_long: {
    ja: 'リダイレクト URI が長すぎます。',
    en: 'A redirect URI is too long.',
  },
  redirect_uri_not_normal: {
    ja: 'リダイレクト URI は正規化した形で登録してください。比較は文字どおりに行います。',
    en: 'A redirect URI must be in its normal form, because it is compared letter by letter.',
  },
  key_id_wrong: {
    ja: '鍵には重複しない kid が必要です。',
    en: 'Every key needs a kid of its own.',
  },
  key_private: {
    ja: '秘密の値が送られました。この鍵は漏えいしたものとして作り直してください。',
    en: 'A private member was sent: regard this key as leaked and make a new one.',
  },
  key_not_allowed: {
    ja: 'この鍵の種類、長さ、用途は認められていません。',
    en: 'The kind, length or use of this key is not admitted.',
  },
  key_unreadable: {
    ja: 'この鍵は公開鍵として読めません。',
    en: 'This cannot be read as a public key.',
  },
  key_compromised: {
    ja: 'この鍵または証明書は漏えいの届出があるため、使用できません。',
    en: 'This key or certificate was reported as compromised and is refused for ever.',
  },
  key_of_another: {
    ja: 'この鍵は別の登録で使用されています。',
    en: 'This key belongs to another registration.',
  },
  certificate_wrong: {
    ja: '証明書が鍵と一致しないか、有効期間内ではありません。',
    en: 'The certificate does not belong to the key, or is not in force.',
  },
} satisfies RefusalSentences<string>;

export type FindingRule = keyof typeof findingSentences;

/** Why a registration cannot be read, changed or found. */
export const registrationSentences = {
  invalid_token: {
    ja: '登録アクセストークンが無効です。',
    en: 'The registration access token is not good for this registration.',
  },
  key_proof_required: {
    ja: '鍵・証明書・リダイレクト URI の変更と登録の削除には、登録済みの鍵による証明 (Key-Proof ヘッダー) が必要です。',
    en: 'To change keys or redirect URIs, or to end a registration, add the header Key-Proof.',
  },
  key_proof_invalid: {
    ja: '登録済みの鍵による証明 (Key-Proof) を確認できません。',
    en: 'The Key-Proof does not hold: signature, claims, or the content that it names.',
  },
  key_proof_used: {
    ja: 'この証明 (Key-Proof) は使用済みです。',
    en: 'This Key-Proof was used before.',
  },
  registration_not_found: {
    ja: '提示された証明書または鍵とソフトウェア ID に合う登録がありません。',
    en: 'No registration fits this certificate or key and this software id.',
  },
  key_not_found: {
    ja: 'その鍵または証明書は登録されていません。',
    en: 'There is no such key or certificate in this registration.',
  },
  change_not_found: {
    ja: 'その変更申請はありません。',
    en: 'There is no such change.',
  },
  registration_blocked: {
    ja: 'このソフトウェアは金融機関の措置により停止中のため、登録を削除できません。',
    en: 'The bank has blocked this software; its registration stays until the block is lifted or over.',
  },
  last_key_stays: {
    ja: '最後の鍵は外せません。先に新しい鍵を登録してください。',
    en: 'The last key stays; register a new one first.',
  },
  registration_unavailable: {
    ja: '現在登録を受け付けられません。しばらくしてから再度お試しください。',
    en: 'Registrations cannot be judged at the moment. Please try again shortly.',
  },
} satisfies RefusalSentences<string>;

export type RegistrationRefusal = keyof typeof registrationSentences;
