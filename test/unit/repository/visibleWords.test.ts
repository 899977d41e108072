/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { AimlApi as AimlApiCredential } from '../../../credentials/AimlApi.credentials';
import { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';
import { EmbeddingsAimlApi } from '../../../nodes/EmbeddingsAimlApi/EmbeddingsAimlApi.node';
import { LmChatAimlApi } from '../../../nodes/LmChatAimlApi/LmChatAimlApi.node';
import { REPOSITORY } from './trackedFiles';
import { notesOf, sentencesIn, wordsOfCredential, wordsOfNode } from './visibleWords';

expect.extend({ toMatchFile });

const examples = join(REPOSITORY, 'examples');

const notes = readdirSync(examples)
	.sort()
	.flatMap((file) => notesOf(JSON.parse(readFileSync(join(examples, file), 'utf8'))));

/** Everything that a person reads in n8n, by its origin. */
const visible: Record<string, string[]> = {
	'Node AI/ML API': wordsOfNode(new AimlApi()),
	'Node AI/ML API Chat Model': wordsOfNode(new LmChatAimlApi()),
	'Node Embeddings AI/ML API': wordsOfNode(new EmbeddingsAimlApi()),
	'Credential AI/ML API': wordsOfCredential(new AimlApiCredential()),
	'Sentences in the sources': sentencesIn(join(REPOSITORY, 'nodes')),
	'Notes of the examples': notes,
};

/** Words that read like a translation, are British, or differ from n8n's labels. */
const UNWANTED =
	/\b(takes|to be had|is told by|at most|comes out|come out|goes on|as far as|how it goes|so many|by expression also|no (period|date)|Url|Urls|Ids|Pii|colour|watercolour|behaviour|catalogue|cancelled|organisation|licence)\b/;

test('all visible words are reviewed: update the file with `npm run words`', () => {
	const text = Object.entries(visible)
		.map(([title, words]) => `# ${title}\n\n${[...new Set(words)].join('\n')}\n`)
		.join('\n');
	expect(text).toMatchFile(join(__dirname, 'visibleWords.md'));
});

test.each(Object.entries(visible))('%s has none of the unwanted words', (_, words) => {
	expect(words.filter((text) => UNWANTED.test(text))).toEqual([]);
});

/** Labels of n8n itself that a sentence names. */
const LABELS_OF_N8N = ['Proxy', 'Request Options'];

test('every field that a sentence names by its label exists', () => {
	const labels = Object.values(visible).slice(0, 4).flat();
	const named = visible['Sentences in the sources'].flatMap((sentence) =>
		[...sentence.matchAll(/(?<!content: )'([A-Z][A-Za-z /()]{2,40})'/g)].map(([, label]) => label),
	);
	expect(named.length).toBeGreaterThan(20);
	const isThere = (label: string) =>
		LABELS_OF_N8N.includes(label) || labels.some((shown) => shown.startsWith(label));
	expect(named.filter((label) => !isThere(label))).toEqual([]);
});
