import fc from 'fast-check';
import { mapToolNames } from '../../../nodes/LmChatAimlApi/model/toolNames';

test('a name that models accept stays as it is', () => {
	const { toApi, toN8n } = mapToolNames(['weather', 'get_file-2']);
	expect(['weather', 'get_file-2'].map(toApi)).toEqual(['weather', 'get_file-2']);
	expect(toN8n('weather')).toBe('weather');
});

test.each([
	['MCP_Get File', 'MCP_Get_File'],
	['files.read', 'files_read'],
	['2fa', '_2fa'],
	['größe', 'gr__e'],
	['x'.repeat(82), 'x'.repeat(64)],
])('the name %s is sent as %s and mapped back', (name, sent) => {
	const { toApi, toN8n } = mapToolNames([name]);
	expect(toApi(name)).toBe(sent);
	expect(toN8n(sent)).toBe(name);
});

test('names that would become the same get numbers', () => {
	const names = ['Get File', 'Get.File', 'Get_File'];
	const { toApi, toN8n } = mapToolNames(names);
	expect(names.map(toApi)).toEqual(['Get_File_2', 'Get_File_3', 'Get_File']);
	expect(names.map(toApi).map(toN8n)).toEqual(names);
});

test('a name that the model invents stays as it is', () => {
	expect(mapToolNames(['a b']).toN8n('other')).toBe('other');
});

test('any names are mapped to valid, distinct ones and back', () => {
	const names = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 90 }), { maxLength: 20 });
	fc.assert(
		fc.property(names, (all) => {
			const { toApi, toN8n } = mapToolNames(all);
			const sent = all.map(toApi);
			expect(new Set(sent).size).toBe(all.length);
			for (const name of sent) expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/);
			expect(sent.map(toN8n)).toEqual(all);
		}),
		{ seed: 11, numRuns: 300 },
	);
});
