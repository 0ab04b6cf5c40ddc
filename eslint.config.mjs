import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// Read without scrolling, beside a diff too. Some things cannot be broken into lines.
const columns = {
  code: 100,
  comments: 90,
  ignoreUrls: true,
  ignoreRegExpLiterals: true,
  ignorePattern: '^import ',
};

const smallFiles = {
  'max-lines': ['error', { max: 200 }],
  'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 10],
  'max-depth': ['error', 3],
  'max-params': ['error', 6],
  'max-len': ['error', columns],
};

export default tseslint.config(
  { ignores: ['dist/', '.stack/', 'node_modules/', 'coverage/', 'apps/web/src/api/schema.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...smallFiles,
      // Nest modules and controllers are classes by design.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      // Response classes are shapes for the OpenAPI document; what is sent are
      // plain objects of that shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    // A describe block is a table of contents, not a function to be kept short.
    // Bodies of answers are read as whatever came; the expectations are their types.
    // The title of a test is one sentence, to be found by its words.
    rules: {
      'max-len': ['error', { ...columns, ignoreStrings: true }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', module: 'writable' },
    },
    rules: smallFiles,
  },
  {
    files: ['apps/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: '@nestjs/microservices',
          importNames: ['EventPattern'],
          message: 'It hears every queue of the service: use EventOf.',
        },
      ],
    },
  },
  {
    // One way to write a private member. `#x` is for what no inspection, and so no
    // logger, may reach: keys and secrets.
    files: ['**/*.ts'],
    ignores: [
      'apps/credentials/src/custody/secret-text.ts',
      'libs/envelope/src/data-key.ts',
      'libs/envelope/src/key-encryption-key.ts',
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ':matches(PropertyDefinition, MethodDefinition, AccessorProperty) > PrivateIdentifier',
          message: '`#x` is for keys and secrets alone: write `private` (CONTRIBUTING.md, Style).',
        },
      ],
    },
  },
  // Lists of texts, one file for each language.
  {
    files: ['apps/web/src/texts/**'],
    rules: { 'max-lines': 'off', 'max-len': ['error', { ...columns, ignoreStrings: true }] },
  },
  { files: ['tools/**', 'bench/**'], rules: { 'no-console': 'off' } },
);
