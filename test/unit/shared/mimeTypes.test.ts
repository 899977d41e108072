import { extensionOf, mimeTypeOfBytes, mimeTypeOfName } from '../../../nodes/shared/mimeTypes';

test.each([
	['photo.jpg', 'image/jpeg'],
	['PHOTO.JPEG', 'image/jpeg'],
	['report.v2.pdf', 'application/pdf'],
	['song.mp3', 'audio/mpeg'],
	['clip.mov', 'video/quicktime'],
	['table.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
	['photo', undefined],
	['archive.7z', undefined],
	['.', undefined],
	['', undefined],
	['file.constructor', undefined],
])('the kind of %j is %s', (name, mimeType) => {
	expect(mimeTypeOfName(name)).toBe(mimeType);
});

test.each([
	['image/jpeg', 'jpg'],
	['image/tiff', 'tiff'],
	['image/svg+xml', 'svg'],
	['audio/mpeg', 'mp3'],
	['audio/x-wav', 'wav'],
	['text/plain', 'txt'],
	['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
	['application/octet-stream', 'bin'],
	['', 'bin'],
])('the extension for %j is %s', (mimeType, ending) => {
	expect(extensionOf(mimeType)).toBe(ending);
});

test('an M4A file is recognized by its bytes, and gets the extension of one', () => {
	const mimeType = mimeTypeOfBytes(Buffer.from('\0\0\0\x1cftypM4A \0\0\0\0', 'latin1'));
	expect(extensionOf(mimeType!)).toBe('m4a');
});
