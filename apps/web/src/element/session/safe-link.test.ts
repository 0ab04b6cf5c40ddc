import { expect, it } from '@jest/globals';
import { safeLink } from './safe-link.js';

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
