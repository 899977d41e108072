/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import { format } from 'prettier/standalone';
import { EXAMPLES } from '../../../harness/demoContent';
import { example } from '../../../harness/workflows/workflow';
import { withParameterSchemas } from '../../engine/exampleSchemas';
import { useSandbox } from '../../support/useSandbox';

expect.extend({ toMatchFile });

const examples = readdirSync(EXAMPLES).map((file) => basename(file, '.json'));

const sandbox = useSandbox();

test.each(examples)(
	'%s holds all parameters of its models, as the editor stores them: `npm run examples` adds them',
	async (name) => {
		const workflow = await withParameterSchemas(example(name), sandbox);
		const text = await format(JSON.stringify(workflow, null, 2), {
			parser: 'json',
			plugins: [babel, estree],
			printWidth: 100,
		});
		expect(text).toMatchFile(join(EXAMPLES, `${name}.json`));
	},
);

const notesOf = (name: string) =>
	example(name).nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');

test.each(examples)(
	'%s says in one yellow note which credential to choose and what it costs',
	(name) => {
		const [note, ...others] = notesOf(name);
		expect(others).toEqual([]);
		expect(note.parameters.color).toBeUndefined();
		expect(note.parameters.content).toMatch(/\n1\. [^\n]*AI\/ML API credential/);
		expect(note.parameters.content).toMatch(/\n\n[^\n]* costs? [^\n]*\.$/);
	},
);

test('no two examples have the same ID', () => {
	const ids = examples.map((name) => example(name).id);
	expect(new Set(ids).size).toBe(ids.length);
});
