/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { loadOutputSchema } from 'n8n-core/dist/nodes-loader/output-schema-resolver';
import { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { outputSchemas } from '../../engine/outputSchemas';
import type { OutputSchema } from '../../engine/schemaOf';

expect.extend({ toMatchFile });

const NODE_FOLDER = join(__dirname, '../../../nodes/AimlApi');
const SCHEMAS = join(NODE_FOLDER, '__schema__', 'v1.0.0');

/** Every resource and operation that the node offers, as 'resource/operation'. */
const operations = new AimlApi().description.properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options = [] }) =>
		options.map((option) => `${displayOptions!.show!.resource![0]}/${Object(option).value}`),
	);

let sandbox: Sandbox;
let schemas: Record<string, OutputSchema>;

beforeAll(async () => {
	sandbox = await startSandbox();
	schemas = await outputSchemas(sandbox);
});

afterAll(async () => await sandbox.close());

test.each(operations)('the output preview of %s shows what the operation puts out', (operation) => {
	const file = join(SCHEMAS, `${operation}.json`);
	expect(`${JSON.stringify(schemas[operation], null, '\t')}\n`).toMatchFile(file);
});

test.each(operations)('n8n finds the output preview of %s beside the node', (path) => {
	const [resource, operation] = path.split('/');
	const schema = loadOutputSchema({ nodeDir: NODE_FOLDER, version: 1, resource, operation });
	expect(schema).toMatchObject({ type: 'object', properties: expect.any(Object) });
});

test('no output preview is left of an operation that is gone', () => {
	const files = readdirSync(SCHEMAS, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name).slice(SCHEMAS.length + 1, -5));
	expect(files.sort()).toEqual([...operations].sort());
});
