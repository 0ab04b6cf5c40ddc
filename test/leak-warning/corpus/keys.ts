/**
 * Draws characters, so that no key stands in this repository for a scanner to find, and
 * the same ones come each time.
 */
export class Drawer {
  private state = 20261125;

  draw(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.next() % alphabet.length]).join('');
  }

  /**
   * A linear congruential generator (Numerical Recipes): its low bits are
   * poor, so they are dropped.
   */
  private next(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state >>> 8;
  }
}

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lower = upper.toLowerCase();
const digits = '0123456789';
const all = upper + lower + digits;
const hex = `${digits}abcdef`;
const url = `${all}-_`;

/**
 * Every format that is recognised, as parts: what stands is a literal, what is
 * drawn an alphabet and a length.
 */
type Part = string | readonly [alphabet: string, length: number];

const formats: Readonly<Record<string, readonly Part[]>> = {
  'AWS access key': ['AK', 'IA', [`${upper}234567`, 16]],
  'AWS session key': ['AS', 'IA', [`${upper}234567`, 16]],
  'GitHub personal': ['gh', 'p_', [all, 36]],
  'GitHub server': ['gh', 's_', [all, 36]],
  'GitHub fine-grained': ['github', '_pat_', [all, 82]],
  GitLab: ['gl', 'pat-', [url, 20]],
  'Slack bot': ['xo', 'xb-', [digits, 12], '-', [digits, 12], '-', [all, 24]],
  'Slack webhook': [
    'https://hooks.',
    'slack.com/services/T',
    [upper, 8],
    '/B',
    [upper, 10],
    '/',
    [all, 24],
  ],
  'Stripe live': ['sk', '_live_', [all, 24]],
  'Stripe restricted': ['rk', '_test_', [all, 40]],
  'Google API': ['AI', 'za', [url, 34], 'Q'],
  'Google client': ['GOC', 'SPX-', [url, 27], 'Q'],
  OpenAI: ['sk', '-proj-', [all, 20], 'T3Blbk', 'FJ', [all, 20]],
  Anthropic: ['sk', '-ant-api03-', [url, 93], 'AA'],
  npm: ['npm', '_', [all, 36]],
  PyPI: ['pypi', '-AgEIcHlwaS5vcmc', [url, 60]],
  SendGrid: ['S', 'G.', [url, 22], '.', [url, 43]],
  Twilio: ['S', 'K', [hex, 32]],
  Shopify: ['shp', 'at_', [hex, 32]],
  DigitalOcean: ['dop', '_v1_', [hex, 64]],
  'Hugging Face': ['hf', '_', [lower, 34]],
  Vault: ['hv', 's.', [url, 95]],
  Telegram: [[digits, 9], ':A', 'A', [url, 32], 'Q'],
  age: ['AGE-SECRET', '-KEY-1', ['QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58]],
  JWT: ['ey', 'J', [all, 30], '.ey', 'J', [url, 60], '.', [url, 43]],
  'private key': [
    '-----BEGIN OPENSSH PRI',
    'VATE KEY-----\n',
    [all, 70],
    '\n-----END OPENSSH PRI',
    'VATE KEY-----',
  ],
  'bearer header': ['Authorization: ', 'Bearer ', [all, 32]],
};

/** @returns for every format some keys of it */
export function drawKeys(count: number): readonly (readonly [format: string, key: string])[] {
  const drawer = new Drawer();
  return Object.entries(formats).flatMap(([format, parts]) =>
    Array.from(
      { length: count },
      () =>
        [
          format,
          parts.map((part) => (typeof part === 'string' ? part : drawer.draw(...part))).join(''),
        ] as const,
    ),
  );
}
