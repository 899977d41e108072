import { inspectFile, inspectOutput } from '../../../../nodes/AimlApi/media/fileContent';

const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
const pdf = Buffer.from('%PDF-1.4\n');
const mp4 = Buffer.from('000000186674797069736f6d', 'hex');
const ogg = Buffer.from('OggS\0\0\0\0');
const html = Buffer.from('<!doctype html><html><head><title>502 Bad Gateway</title></head></html>');
const json = Buffer.from('\uFEFF {"error": "no"}');
const svg = Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>');
const text = Buffer.from('upstream request timeout');
const unknown = Buffer.from([0, 1, 2, 3]);

test.each<[string, Buffer, string, string, string]>([
	['whose type is general', png, 'application/octet-stream', 'x', 'image/png'],
	['whose type is absent', pdf, '', '', 'application/pdf'],
	['whose type has parameters', png, 'image/png; charset=binary', '', 'image/png'],
	['whose type has parameters and is sound', ogg, 'audio/ogg; codecs=opus', '', 'audio/ogg'],
	['whose type is in capitals', pdf, 'Application/PDF', '', 'application/pdf'],
	['under the name of another image type', png, 'image/jpeg', 'a.jpg', 'image/png'],
	['under the name of an image that is a PDF', pdf, 'image/jpeg', '', 'application/pdf'],
	['whose container may be sound or video', mp4, 'audio/mp4', '', 'audio/mp4'],
	['with nothing but its extension', unknown, '', 'a.wav', 'audio/wav'],
	['without any sign', unknown, '', '', 'application/octet-stream'],
	['that is SVG behind an XML mark', svg, '', '', 'image/svg+xml'],
	['that is a page and says so', html, 'text/html', 'a.html', 'text/html'],
	['that is text and says nothing', text, '', '', 'text/plain'],
])('the type of a file %s is recognized', (_, bytes, claimed, name, mimeType) => {
	expect(inspectFile(bytes, claimed, name)).toEqual({ mimeType });
});

test.each<[string, Buffer, string, string, string]>([
	['empty', Buffer.alloc(0), 'image/png', 'a.png', 'is empty (0 bytes)'],
	['a page as image', html, 'image/png', 'a.png', 'is a web page'],
	['a page by its extension alone', html, '', 'a.png', 'is a web page'],
	['JSON as sound', json, 'audio/mpeg', 'a.mp3', 'is JSON'],
])('a file that is %s is a problem', (_, bytes, claimed, name, problem) => {
	expect(inspectFile(bytes, claimed, name)).toEqual({ problem });
});

test.each<[string, Buffer, string, string, string]>([
	['a page that says so', html, 'text/html', 'x.png', 'is a web page'],
	['a page without a name', html, 'text/html', '', 'is a web page'],
	['JSON that says so', json, 'application/json', 'x.png', 'is JSON'],
	['a text', text, 'text/plain', '', 'is plain text'],
	['an empty file', Buffer.alloc(0), 'image/png', '', 'is empty (0 bytes)'],
])('%s is not accepted as generated file', (_, bytes, claimed, name, problem) => {
	expect(inspectOutput(bytes, claimed, name)).toEqual({ problem });
});

test.each<[string, Buffer, string, string, string]>([
	['a 3D model in text', Buffer.from('v 0 0 0\n'), 'text/plain', 'a.obj', 'model/obj'],
	['a transcript', text, 'text/plain', 'a.txt', 'text/plain'],
	['a glTF', Buffer.from('{"asset": {}}'), 'model/gltf+json', 'a.gltf', 'model/gltf+json'],
	['an image', png, 'image/png', 'a.png', 'image/png'],
	['a playlist', Buffer.from('#EXTM3U'), 'audio/x-mpegurl', 'a.m3u8', 'audio/x-mpegurl'],
	['raw sound', Buffer.alloc(512, 0xd5), 'audio/pcma', '', 'audio/pcma'],
])('%s is accepted as generated file', (_, bytes, claimed, name, mimeType) => {
	expect(inspectOutput(bytes, claimed, name)).toEqual({ mimeType });
});

test('events are no generated file', () => {
	const events = Buffer.from('data: {}\n\n');
	const problem = 'is a stream of events';
	expect(inspectOutput(events, 'text/event-stream', '')).toEqual({ problem });
});

test.each(['image/png', 'video/mp4', 'audio/mpeg', 'application/pdf'])(
	'a text is no generated file of the type %s',
	(claimed) => {
		const [, extension] = claimed.split('/');
		expect(inspectOutput(text, claimed, `a.${extension}`)).toEqual({ problem: 'is plain text' });
		expect(inspectOutput(text, 'text/plain', '')).toEqual({ problem: 'is plain text' });
	},
);
