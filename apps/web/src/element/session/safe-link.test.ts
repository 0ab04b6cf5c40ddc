import { expect, it } from '@jest/globals';
import { hostBehind, safeLink } from './safe-link.js';

it.each(['https://shop.example/admin?a=b#c', 'HTTP://SHOP.example'])(
  'the link %s may be opened',
  (link) => {
    expect(safeLink(link)).toBe(new URL(link).href);
  },
);

it.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'https://bank.example@evil.example/',
  '//shop.example',
  'shop.example',
  '',
])('the link %j may not be opened', (link) => {
  expect(safeLink(link)).toBeUndefined();
});

it.each([
  ['https://аpple.com/login', 'xn--pple-43d.com'],
  ['https://аррӏе.com', 'xn--80ak6aa92e.com'],
  ['https://раураӏ.com', 'xn--80aa0cbo65f.com'],
  ['https://shop.раураl.com', 'shop.xn--l-7sba6dbr.com'],
  ['https://ɡoogle.com', 'xn--oogle-qmc.com'],
  ['https://xn--bcher-kva.аpple.com', 'xn--bcher-kva.xn--pple-43d.com'],
  ['https://goo\u00adgle.example', 'google.example'],
  ['https://shop.example。com', 'shop.example.com'],
  ['https://ａｐｐｌｅ.example', 'apple.example'],
  ['https://%61pple.example', 'apple.example'],
  ['https://b%C3%BCcher.example', 'xn--bcher-kva.example'],
  ['http://3232235521/', '192.168.0.1'],
  ['http://0xc0a80001/', '192.168.0.1'],
  ['http://0300.168.0.1/', '192.168.0.1'],
])('the link %s is shown to lead to %s', (link, host) => {
  expect(hostBehind(link)).toBe(host);
});

it.each([
  'https://shop.example',
  'HTTPS://Shop.Example:443/ü?q#f',
  'http://shop.example:8080?x',
  'http://[2001:db8::1]:80/',
  'https://xn--pple-43d.com',
  'https://müller.de',
  'https://MÜLLER.de',
  'https://mu\u0308ller.de',
  'https://bücher.example:8443/ü',
  'https://straße.example',
  'https://ngân-hàng.example',
  'https://例え.jp',
  'https://カタカナとひらがな漢字.jp',
  'https://москва.рф',
  'https://ελλάδα.example',
  'https://한국.example',
  'https://مثال.example',
  'https://उदाहरण.example',
])('the link %s needs no host beside it', (link) => {
  expect(hostBehind(link)).toBeUndefined();
});
