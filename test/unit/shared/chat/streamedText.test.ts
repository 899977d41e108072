import fc from 'fast-check';
import { takeFiles } from '../../../../nodes/shared/chat/answerFiles';
import { StreamedText } from '../../../../nodes/shared/chat/streamedText';

const PNG = `data:image/png;base64,${'iVBORw0KGgo='.repeat(20)}`;

/** The pieces of a text as they reach a person, with what is left at the end as the last one. */
function stream(pieces: string[]): string[] {
	const text = new StreamedText();
	return [...pieces.map((piece) => text.push(piece)), text.end()];
}

/** A text cut at some places. */
const cutAt = (text: string, cuts: number[]): string[] => {
	const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b)];
	return places.map((place, index) => text.slice(place, places[index + 1]));
};

const cuts = fc.array(fc.nat(), { maxLength: 12 });
const words = (text: string) => text.split(/\s+/).filter(Boolean);

test.each([
	['an image in Markdown', `Here it is:\n\n![A circle](${PNG})\n\nDo you like it?`],
	['an image that is the whole answer', `![A circle](${PNG})`],
	['a data URL on its own line', `Here it is:\n  ${PNG}\nDo you like it?`],
	['a data URL that is the whole answer', PNG],
	['an image after a link to data', `See [this](data:text/plain,x): ![A circle](${PNG})`],
	['an image behind reasoning', `<think>A circle.</think>Here:\n![](${PNG})`],
])('%s is not streamed as text, however it is cut', (_, text) => {
	const visible = text.replace(/^<think>.*<\/think>/, '');
	fc.assert(
		fc.property(cuts, (at) => {
			expect(words(stream(cutAt(text, at)).join(''))).toEqual(words(takeFiles(visible).text));
		}),
	);
});

test('text without a file is streamed whole, however it is cut', () => {
	const parts = [
		'!',
		'![',
		'![x](',
		'](',
		'https://a.test/x.png',
		')',
		'\n',
		' ',
		'data:',
		'd',
		'a',
	];
	const text = fc.array(fc.constantFrom(...parts, 'Hello'), { maxLength: 20 });
	fc.assert(
		fc.property(text, cuts, (written, at) => {
			fc.pre(takeFiles(written.join('')).files.length === 0);
			expect(stream(cutAt(written.join(''), at)).join('')).toBe(written.join(''));
		}),
	);
});

test.each([
	['words', ['Hello', ' you', '!', ' Bye']],
	['YAML', ['data:\n', '  key: ', '1\n', 'more: 2']],
	['an image with a URL', ['![A circle](', 'https://a.test/', '1.png)', ' Done']],
])('%s are held back only as long as a file may begin with them', (_, pieces) => {
	const streamed = stream(pieces);
	expect(streamed.join('')).toBe(pieces.join(''));
	expect(streamed.at(-1)).toBe('');
});

test('a long line of blanks or a long description is not held back', () => {
	expect(stream([`Hello\n${' '.repeat(1000)}`])[0]).toHaveLength(1006);
	expect(stream([`![${'x'.repeat(1000)}`])[0].length).toBeGreaterThan(0);
});
