/**
 * Keys that are recognised by their form alone. The forms are those of gitleaks 8
 * (https://github.com/gitleaks/gitleaks, MIT, its config/gitleaks.toml), without the
 * rules that need a keyword or an entropy beside them: those raise false alarms in prose.
 */
export interface KnownKey {
  /** For the reader of this list; it is shown nowhere. */
  readonly name: string;
  readonly pattern: RegExp;
}

export const knownKeys: readonly KnownKey[] = [
  { name: 'AWS', pattern: /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g },
  { name: 'GitHub', pattern: /\b(?:gh[pousr]_[0-9a-zA-Z]{36}|github_pat_\w{82})\b/g },
  {
    name: 'GitLab',
    pattern: /\b(?:glpat|gldt|glrt|glptt|glft|glsoat|glcbt|glagent|gloas)-[\w-]{20,64}/g,
  },
  {
    name: 'Slack',
    pattern: /\bxox[abeoprs](?:\.xox[bp])?-[0-9A-Za-z-]{10,250}|\bxapp-\d-[A-Z0-9]+-\d+-[a-z0-9]+/g,
  },
  {
    name: 'Slack',
    pattern: /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{43,56}/g,
  },
  {
    name: 'Stripe',
    pattern: /\b(?:sk|rk)_(?:test|live|prod)_[a-zA-Z0-9]{10,99}\b|\bwhsec_[a-zA-Z0-9+/]{32,}/g,
  },
  {
    name: 'Google',
    pattern: /\bAIza[\w-]{35}(?![\w-])|\bGOCSPX-[\w-]{28}(?![\w-])|\bya29\.[\w-]{20,}/g,
  },
  {
    name: 'OpenAI',
    pattern: /\bsk-(?:(?:proj|svcacct|admin)-)?[A-Za-z0-9_-]*T3BlbkFJ[A-Za-z0-9_-]{20,}/g,
  },
  { name: 'Anthropic', pattern: /\bsk-ant-(?:api|admin)\d\d-[\w-]{80,}/g },
  { name: 'npm', pattern: /\bnpm_[a-zA-Z0-9]{36}\b/g },
  { name: 'PyPI', pattern: /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,1000}/g },
  { name: 'SendGrid', pattern: /\bSG\.[\w-]{16,32}\.[\w-]{32,64}/g },
  { name: 'Twilio', pattern: /\bSK[0-9a-f]{32}\b/g },
  { name: 'Shopify', pattern: /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/g },
  { name: 'DigitalOcean', pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  { name: 'Hugging Face', pattern: /\bhf_[a-zA-Z]{34}\b/g },
  { name: 'Vault', pattern: /\bhv[sb]\.[\w-]{90,300}/g },
  { name: 'Telegram', pattern: /\b\d{5,16}:AA?[\w-]{32,34}(?![\w-])/g },
  { name: 'age', pattern: /\bAGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}\b/g },
  {
    name: 'JSON Web Token',
    pattern: /\bey[a-zA-Z0-9]{17,}\.ey[a-zA-Z0-9_-]{17,}\.[a-zA-Z0-9_-]*/g,
  },
  {
    name: 'private key',
    pattern:
      /-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END[ A-Z0-9_-]{0,100}-----|$)/g,
  },
  {
    name: 'authorization header',
    pattern: /\bauthorization:\s*(?:bearer|basic|token)\s+[\w.+/=~-]{16,}/gi,
  },
];
