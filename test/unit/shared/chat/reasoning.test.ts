import fc from 'fast-check';
import {
	parseReasoning,
	splitReasoning,
	ThinkTagFilter,
} from '../../../../nodes/shared/chat/reasoning';

const TAGS = [
	['<think>', '</think>'],
	['<thinking>', '</thinking>'],
	['<thought>', '</thought>'],
	['<seed:think>', '</seed:think>'],
	['[THINK]', '[/THINK]'],
	['◁think▷', '◁/think▷'],
];

test.each([...TAGS, ['', '\n</think>\n']])(
	'the reasoning between %j and %j is split off the text',
	(begin, end) => {
		expect(splitReasoning(`${begin}Hm.${end}\nYes.`)).toEqual({ text: 'Yes.', thought: 'Hm.' });
	},
);

describe('reasoning in a message', () => {
	test.each<[string, Record<string, unknown>, object]>([
		[
			'in reasoning_content',
			{ content: 'Yes.', reasoning_content: 'Hm.' },
			{ text: 'Hm.', fields: { reasoning_content: 'Hm.' } },
		],
		[
			'in reasoning',
			{ content: 'Yes.', reasoning: 'Hm.', reasoning_content: null },
			{ text: 'Hm.', fields: { reasoning: 'Hm.' } },
		],
		[
			'in signed details',
			{ content: '', reasoning_details: [{ type: 'reasoning.text', text: 'Hm.', signature: 's' }] },
			{
				text: 'Hm.',
				fields: { reasoning_details: [{ type: 'reasoning.text', text: 'Hm.', signature: 's' }] },
			},
		],
		[
			'in parts',
			{
				content: [
					{ type: 'thinking', thinking: 'Hm.', signature: 's' },
					{ type: 'text', text: '!' },
				],
			},
			{ text: 'Hm.', parts: [{ type: 'thinking', thinking: 'Hm.', signature: 's' }] },
		],
		[
			'in tags',
			{ content: '<think>\nHm.\n</think>\n\nYes.' },
			{ text: 'Hm.', prefix: '<think>\nHm.\n</think>\n\n' },
		],
	])('reasoning in a message is found: %s', (_, message, expected) => {
		expect(parseReasoning(message)).toEqual({ fields: {}, parts: [], prefix: '', ...expected });
	});

	test.each([{ content: 'Yes.' }, { content: null, reasoning: '' }, { reasoning_details: [] }, {}])(
		'%j has no reasoning',
		(message) => {
			expect(parseReasoning(message)).toBeUndefined();
		},
	);
});

test('a streamed answer has the same text, however it is cut', () => {
	const answers = fc.oneof(
		fc.string(),
		fc.constantFrom(
			'<think>Hm.</think>\n\nYes.',
			'<thin',
			'<think>no end',
			'  <think></think>x',
			'',
		),
		fc
			.tuple(fc.constantFrom(...TAGS), fc.string(), fc.string())
			.map(([[begin, end], thought, text]) => begin + thought + end + text),
	);
	fc.assert(
		fc.property(answers, fc.array(fc.nat(6)), (answer, lengths) => {
			const filter = new ThinkTagFilter();
			let rest = answer;
			let text = '';
			for (const length of lengths) {
				text += filter.push(rest.slice(0, length));
				rest = rest.slice(length);
			}
			text += filter.push(rest) + filter.end();
			expect(text).toBe(splitReasoning(answer).text);
		}),
	);
});

test('text is passed on as soon as it is clear that it is no reasoning', () => {
	const filter = new ThinkTagFilter();
	expect(['<', 'b', '>'].map((piece) => filter.push(piece))).toEqual(['', '<b', '>']);
	const thinking = new ThinkTagFilter();
	const pieces = ['<think>', 'Hm.', '</think>\n', '\nYes', '.'];
	expect(pieces.map((piece) => thinking.push(piece))).toEqual(['', '', '', 'Yes', '.']);
});
