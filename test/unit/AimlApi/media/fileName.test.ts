import {
	fileNameOfUrl,
	safeFileName,
	withExtension,
} from '../../../../nodes/AimlApi/media/fileName';

test.each([
	['http://x.test/files/sale-75%.png', 'sale-75%.png'],
	['http://x.test/files/big%20sale-75%.png', 'big sale-75%.png'],
	['http://x.test/files/sale-75%25.png', 'sale-75%.png'],
	['http://x.test/%FF%FE.png', '%FF%FE.png'],
	['http://x.test/%E4%BD%A0%20b.png?sig=1', '你 b.png'],
	['http://x.test/a%2F..%2F..%2Fetc%2Fevil.png', 'evil.png'],
	['http://x.test/..%5C..%5Cevil.png', 'evil.png'],
	['http://x.test/a%0d%0aX-Y%3a%20z.png', 'aX-Y: z.png'],
	['http://x.test/gnp%E2%80%AEexe.png', 'gnpexe.png'],
	['http://x.test/noending', undefined],
	['http://x.test/', undefined],
	['not an address', undefined],
])('the name in %s is %j', (url, name) => {
	expect(fileNameOfUrl(url)).toBe(name);
});

test.each([
	[`${'../'.repeat(2)}x/evil.png`, 'evil.png'],
	['C:\\temp\\a.png', 'a.png'],
	['..', undefined],
	['', undefined],
	['/', undefined],
	[`${'a'.repeat(300)}.png`, `${'a'.repeat(116)}.png`],
])('the name %j becomes %j', (name, safe) => {
	expect(safeFileName(name)).toBe(safe);
});

test.each([
	['get.php', 'image/png', 'get.png'],
	['a.png', 'image/jpeg', 'a.jpg'],
	['a.jpeg', 'image/jpeg', 'a.jpeg'],
	['a.m4a', 'audio/mp4', 'a.m4a'],
	['a.mkv', 'video/x-matroska', 'a.mkv'],
	['a.fbx', 'application/octet-stream', 'a.fbx'],
	['a.md', 'text/plain', 'a.md'],
])('the name %j of a file of the type %s becomes %j', (name, mimeType, expected) => {
	expect(withExtension(name, mimeType)).toBe(expected);
});
