/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { createConnection } from 'node:net';
import { startMailbox } from '../../../harness/mailbox';

test('mails are taken in the order in which they come, decoded', async () => {
	const mailbox = await startMailbox();
	const mail = (text: string) => `MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n${text}\r\n.\r\n`;
	const socket = createConnection(mailbox);
	socket.write(`EHLO here\r\n${mail('Subject: One\r\n\r\na=3D=\r\nb')}`);
	socket.write(mail('Subject: Two'));
	expect(await mailbox.nextMail()).toBe('Subject: One\r\n\r\na=b');
	expect(await mailbox.nextMail()).toBe('Subject: Two');
	socket.destroy();
	await mailbox.close();
});
