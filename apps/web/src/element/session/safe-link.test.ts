import { expect, it } from '@jest/globals';
import { hostBehind, safeLink } from './safe-link.js';

it.each(['https://shop.example/admin?a=b#c', 'HTTP://SHOP.example'])('%s may be opened', (link) => {
  expect(safeLink(link)).toBe(new URL(link).href);
});

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
])('%j may not', (link) => {
  expect(safeLink(link)).toBeUndefined();
});

it.each([
  ['https://аpple.com/login', 'xn--pple-43d.com'],
  ['https://аррӏе.com', 'xn--80ak6aa92e.com'],
  ['https://bücher.example:8443/ü', 'xn--bcher-kva.example'],
  ['https://ａｐｐｌｅ.example', 'apple.example'],
  ['https://%61pple.example', 'apple.example'],
  ['http://3232235521/', '192.168.0.1'],
])('%s leads to %s', (link, host) => {
  expect(hostBehind(link)).toBe(host);
});

it.each([
  'https://shop.example',
  'HTTPS://Shop.Example:443/ü?q#f',
  'http://shop.example:8080?x',
  'http://[2001:db8::1]:80/',
  'https://xn--pple-43d.com',
])('%s says itself where it leads', (link) => {
  expect(hostBehind(link)).toBeUndefined();
});
