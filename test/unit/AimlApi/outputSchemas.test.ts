/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { loadOutputSchema } from 'n8n-core/dist/nodes-loader/output-schema-resolver';
import { outputSchemas } from '../../engine/outputSchemas';
import type { OutputSchema } from '../../engine/schemaOf';
import { OPERATIONS } from '../../support/operations';
import { useSandbox } from '../../support/useSandbox';

expect.extend({ toMatchFile });

const NODE_FOLDER = join(__dirname, '../../../nodes/AimlApi');
const SCHEMAS = join(NODE_FOLDER, '__schema__', 'v1.0.0');

const paths = OPERATIONS.map(({ resource, operation }) => `${resource}/${operation}`);

const sandbox = useSandbox();
let schemas: Record<string, OutputSchema>;

beforeAll(async () => {
	schemas = await outputSchemas(sandbox);
});

test.each(paths)('the output preview of %s shows the output of the operation', (path) => {
	const file = join(SCHEMAS, `${path}.json`);
	expect(`${JSON.stringify(schemas[path], null, '\t')}\n`).toMatchFile(file);
});

test.each(OPERATIONS)('n8n finds the output preview of $resource/$operation', (operation) => {
	const schema = loadOutputSchema({ nodeDir: NODE_FOLDER, version: 1, ...operation });
	expect(schema).toMatchObject({ type: 'object', properties: expect.any(Object) });
});

test('every output preview belongs to an operation', () => {
	const files = readdirSync(SCHEMAS, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name).slice(SCHEMAS.length + 1, -5));
	expect(files.sort()).toEqual([...paths].sort());
});
