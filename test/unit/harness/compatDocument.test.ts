import {
	ABSENT,
	markdownOf,
	N8NS_OWN,
	OK,
	readmeLine,
	readTable,
	withFaultsOfN8n,
	type CompatibilityTable,
} from '../../../harness/compat/document';

const table: CompatibilityTable = {
	'1.123.81': { Chat: OK, Tool: `${N8NS_OWN}it stops, with **no** word` },
	'2.16.1': { Chat: OK, Tool: ABSENT },
	'2.30.8': { Chat: OK, Tool: 'The API did not answer within 1 s' },
	'2.41.1': { Chat: OK, Tool: OK },
};

test('a table that is read back from its document is the same', () => {
	expect(readTable(markdownOf(table))).toEqual(table);
	expect(readTable('')).toEqual({});
});

test('what a version does not know is left empty in the document', () => {
	const partial = { ...table, '2.16.1': { Chat: OK } };
	expect(readTable(markdownOf(partial))).toEqual(partial);
});

test('README names the versions in which all was tried and only what is n8n’s own went wrong', () => {
	expect(readmeLine(table)).toBe(
		'Tested in n8n 1.123.81, 2.16.1 and 2.41.1: [what was tried](docs/compatibility.md).',
	);
});

test('README does not name a version of which the run was interrupted', () => {
	expect(readmeLine({ ...table, '2.16.1': { Chat: OK } })).toContain('n8n 1.123.81 and 2.41.1:');
});

test('a fault of n8n is excused by what is seen of it, and nothing else in its place', () => {
	const faultsOfN8n = { Tool: { result: 'empty', why: 'a tool sends nothing' } };
	const recipe = { version: '1.85.4', why: '', overrides: {}, faultsOfN8n };
	expect(withFaultsOfN8n('Tool', 'the answer is empty', recipe)).toBe(
		`${N8NS_OWN}a tool sends nothing`,
	);
	expect(withFaultsOfN8n('Tool', 'a time-out', recipe)).toBe('a time-out');
	expect(withFaultsOfN8n('Chat', 'the answer is empty', recipe)).toBe('the answer is empty');
	expect(withFaultsOfN8n('Tool', OK, recipe)).toBe(OK);
});
