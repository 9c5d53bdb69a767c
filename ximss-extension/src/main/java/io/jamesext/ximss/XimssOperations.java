/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.jamesext.ximss;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import io.jamesext.groupware.file.PersonalFiles;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.auth.Sasl;
import io.jamesext.kernel.operation.Operations;
import io.jamesext.ximss.account.AccountAccess;
import io.jamesext.ximss.account.Accounts;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.account.Registration;
import io.jamesext.ximss.addressbook.MailboxCertificates;
import io.jamesext.ximss.calendar.Calendars;
import io.jamesext.ximss.calendar.Invitations;
import io.jamesext.ximss.calendar.ItemChanges;
import io.jamesext.ximss.folder.EncryptedTransfers;
import io.jamesext.ximss.folder.MailboxTotals;
import io.jamesext.ximss.folder.MailboxWatch;
import io.jamesext.ximss.folder.Opener;
import io.jamesext.ximss.folder.Removal;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.folder.Transfers;
import io.jamesext.ximss.mail.EmailComposer;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.account.AccountAclList;
import io.jamesext.ximss.op.account.AccountAclUpdate;
import io.jamesext.ximss.op.account.AccountRightsGet;
import io.jamesext.ximss.op.calendar.CalendarCancel;
import io.jamesext.ximss.op.calendar.CalendarClose;
import io.jamesext.ximss.op.calendar.CalendarOpen;
import io.jamesext.ximss.op.calendar.CalendarPublish;
import io.jamesext.ximss.op.calendar.CalendarReadItem;
import io.jamesext.ximss.op.calendar.CalendarSearch;
import io.jamesext.ximss.op.calendar.FindEvents;
import io.jamesext.ximss.op.calendar.FindTasks;
import io.jamesext.ximss.op.contact.ContactAppend;
import io.jamesext.ximss.op.contact.ContactFind;
import io.jamesext.ximss.op.contact.ContactItems;
import io.jamesext.ximss.op.contact.ContactsImport;
import io.jamesext.ximss.op.file.FileDirCreate;
import io.jamesext.ximss.op.file.FileList;
import io.jamesext.ximss.op.file.FileRead;
import io.jamesext.ximss.op.file.FileRemove;
import io.jamesext.ximss.op.file.FileWrite;
import io.jamesext.ximss.op.folder.EmptyTrash;
import io.jamesext.ximss.op.folder.FolderBrowse;
import io.jamesext.ximss.op.folder.FolderClose;
import io.jamesext.ximss.op.folder.FolderExpunge;
import io.jamesext.ximss.op.folder.FolderOpen;
import io.jamesext.ximss.op.folder.FolderReopen;
import io.jamesext.ximss.op.folder.FolderSearch;
import io.jamesext.ximss.op.folder.FolderSync;
import io.jamesext.ximss.op.folder.MessageCopy;
import io.jamesext.ximss.op.folder.MessageMark;
import io.jamesext.ximss.op.folder.MessageRemove;
import io.jamesext.ximss.op.login.Auth;
import io.jamesext.ximss.op.login.Login;
import io.jamesext.ximss.op.mailbox.MailboxAclList;
import io.jamesext.ximss.op.mailbox.MailboxAclUpdate;
import io.jamesext.ximss.op.mailbox.MailboxAliasList;
import io.jamesext.ximss.op.mailbox.MailboxAliasUpdate;
import io.jamesext.ximss.op.mailbox.MailboxCreate;
import io.jamesext.ximss.op.mailbox.MailboxList;
import io.jamesext.ximss.op.mailbox.MailboxRemove;
import io.jamesext.ximss.op.mailbox.MailboxRename;
import io.jamesext.ximss.op.mailbox.MailboxRightsGet;
import io.jamesext.ximss.op.mailbox.MailboxSubList;
import io.jamesext.ximss.op.mailbox.MailboxSubUpdate;
import io.jamesext.ximss.op.message.Appending;
import io.jamesext.ximss.op.message.Composition;
import io.jamesext.ximss.op.message.FolderRead;
import io.jamesext.ximss.op.message.MessageAppend;
import io.jamesext.ximss.op.message.MessageConfirm;
import io.jamesext.ximss.op.message.MessageRedirect;
import io.jamesext.ximss.op.message.MessageSubmit;
import io.jamesext.ximss.op.preference.PrefsRead;
import io.jamesext.ximss.op.preference.PrefsStore;
import io.jamesext.ximss.op.prelogin.ListFeatures;
import io.jamesext.ximss.op.prelogin.RecoverPassword;
import io.jamesext.ximss.op.prelogin.Signup;
import io.jamesext.ximss.op.prelogin.StartTls;
import io.jamesext.ximss.op.rule.RuleList;
import io.jamesext.ximss.op.rule.RuleRead;
import io.jamesext.ximss.op.rule.RuleRemove;
import io.jamesext.ximss.op.rule.RuleRename;
import io.jamesext.ximss.op.rule.RuleSet;
import io.jamesext.ximss.op.secure.SmimeImport;
import io.jamesext.ximss.op.secure.SmimeLock;
import io.jamesext.ximss.op.secure.SmimeModifyPassword;
import io.jamesext.ximss.op.secure.SmimeUnlock;
import io.jamesext.ximss.op.service.Bye;
import io.jamesext.ximss.op.service.ClearUploaded;
import io.jamesext.ximss.op.service.CliExecute;
import io.jamesext.ximss.op.service.ListKnownValues;
import io.jamesext.ximss.op.service.Noop;
import io.jamesext.ximss.op.service.PasswordModify;
import io.jamesext.ximss.op.service.QuotaAlert;
import io.jamesext.ximss.op.service.ReadStatus;
import io.jamesext.ximss.op.service.ReadStrings;
import io.jamesext.ximss.op.service.ReadTime;
import io.jamesext.ximss.op.service.RetrieveUrl;
import io.jamesext.ximss.op.service.RetrieveXml;
import io.jamesext.ximss.op.service.SetClientName;
import io.jamesext.ximss.op.service.SetSessionOption;
import io.jamesext.ximss.op.service.SkinFileList;
import io.jamesext.ximss.op.service.SkinFileRead;
import io.jamesext.ximss.op.service.SkinList;
import io.jamesext.ximss.op.service.SpellerCheck;
import io.jamesext.ximss.op.service.SpellerList;
import io.jamesext.ximss.op.service.WebAccess;
import io.jamesext.ximss.rule.MailRules;
import io.jamesext.ximss.rule.RuleTargets;
import io.jamesext.ximss.skin.Skins;
import io.jamesext.ximss.skin.Vocabularies;
import io.jamesext.ximss.smime.Authorities;
import io.jamesext.ximss.smime.KeyHashing;
import io.jamesext.ximss.smime.SecureReadings;
import io.jamesext.ximss.smime.UserKeys;
import io.jamesext.ximss.speller.Spellers;

/** The table of operations, in the specification's order. */
public final class XimssOperations {
    private static final Clock CLOCK = Clock.systemUTC();

    private XimssOperations() {
    }

    /** All of them, for one server. */
    public static Operations<XimssOperation<?>> of(XimssServices services, XimssSettings settings) {
        ServiceSettings service = ServiceSettings.of(settings.server().configuration(), services.files());
        Preferences preferences = new Preferences(services.settings(), settings.zone());
        SecureReadings readings = new SecureReadings(Authorities.ofJvm(), CLOCK);
        return new Operations<>(Stream.of(
                session(services, settings, service),
                service(services, settings, service, preferences),
                mailboxes(services),
                folders(services, preferences),
                messages(services, settings, preferences, readings),
                accounts(services),
                secureMessaging(services, settings),
                contacts(services, settings, preferences, readings),
                behindTheText(services, settings, preferences),
                rules(services),
                calendars(services, settings, preferences),
                files(services.personalFiles(), preferences))
            .<XimssOperation<?>>flatMap(List::stream)
            .toList());
    }

    private static List<XimssOperation<?>> session(XimssServices services, XimssSettings settings, ServiceSettings service) {
        Accounts accounts = services.accounts();
        LogIn.FailedLogIns failed = (client, user) -> accounts.history().failed(user, client.address());
        Sasl sasl = services.authentication().sasl(settings.server(), failed);
        LogIn logIn = services.authentication().logIn(settings.server(), failed);
        Registration registration = new Registration(services.users(), services.mailboxManager(), services.settings(),
            mailRules(services), accounts, new Registration.Terms(settings.signup(), settings.server().failedLogInDelay()));
        return List.of(
            // Pre-Login Operations; readStrings is in the next chapter too
            new ListFeatures(services.domains(), sasl, registration, logIn),
            new ReadStrings(services.domains(), new Vocabularies(new Skins(service.skins())), services.settings()),
            new StartTls(services.domains()),
            new RecoverPassword(services.domains(), accounts, settings.server()),
            new Signup(services.domains(), registration, logIn),
            // Login Operations
            new Login(services.domains(), logIn, sasl, accounts, services.settings()),
            new Auth());
    }

    /** Service Operations. */
    private static List<XimssOperation<?>> service(XimssServices services, XimssSettings settings, ServiceSettings service,
                                                   Preferences preferences) {
        Skins skins = new Skins(service.skins());
        WebAccess web = new WebAccess(services.web(), service.web());
        Spellers spellers = new Spellers(service.dictionaries());
        Accounts accounts = services.accounts();
        return List.of(
            new Noop(new QuotaAlert(services.quotas(), services.quotaRoots(), CLOCK, preferences)),
            new Bye(),
            new PasswordModify(services.authentication().logIn(settings.server()), services.users(), accounts),
            new ClearUploaded(),
            new ReadTime(CLOCK, preferences),
            new ReadStatus(services.quotas(), services.quotaRoots(), accounts.history(), preferences, new UserKeys(services.settings()),
                web.isOn()),
            new ListKnownValues(),
            new SkinList(services.domains(), skins),
            new SkinFileList(services.domains(), skins, settings.zone()),
            new SkinFileRead(services.domains(), skins, settings.zone()),
            new CliExecute(services.commands()),
            new RetrieveXml(web),
            new RetrieveUrl(web),
            new SpellerList(spellers),
            new SpellerCheck(spellers));
    }

    private static List<XimssOperation<?>> mailboxes(XimssServices services) {
        return List.of(
            new MailboxCreate(services.mailboxes()),
            new MailboxRename(services.mailboxManager(), services.mailboxes()),
            new MailboxRemove(services.mailboxManager(), services.mailboxes()),
            new MailboxList(services.mailboxManager(), services.mailboxes(), services.classes(),
                new MailboxTotals(services.tables().summaries())),
            new MailboxSubList(services.subscriptions()),
            new MailboxSubUpdate(services.subscriptions()),
            new MailboxAliasList(services.settings()),
            new MailboxAliasUpdate(services.settings()),
            new MailboxRightsGet(services.mailboxManager(), services.mailboxes()),
            new MailboxAclList(services.mailboxes()),
            new MailboxAclUpdate(services.mailboxManager(), services.mailboxes()));
    }

    private static List<XimssOperation<?>> folders(XimssServices services, Preferences preferences) {
        Opener opener = new Opener(services.mailboxes(), services.eventBus());
        Transfers transfers = new Transfers(services.mailboxManager(), services.mailboxes());
        EncryptedTransfers encrypted = new EncryptedTransfers(services.mailboxes(), new StoredMessages(services.mailboxes()),
            new UserKeys(services.settings()));
        Removal removal = new Removal(transfers, services.mailboxes(), services.settings());
        return List.of(
            new FolderOpen(services.mailboxes(), opener, preferences),
            new FolderBrowse(),
            new FolderSync(),
            MessageCopy.copy(transfers, encrypted, services.mailboxes()),
            MessageCopy.move(transfers, encrypted, services.mailboxes()),
            new MessageMark(services.mailboxes()),
            new MessageRemove(removal),
            new FolderExpunge(services.mailboxes()),
            new FolderClose(),
            new FolderReopen(opener),
            new EmptyTrash(removal));
    }

    private static List<XimssOperation<?>> messages(XimssServices services, XimssSettings settings, Preferences preferences,
                                                     SecureReadings readings) {
        StoredMessages messages = new StoredMessages(services.mailboxes());
        Composition composition = composition(services, messages, settings, preferences);
        return List.of(
            new FolderRead(messages, services.submission(), readings, preferences),
            new MessageAppend(appending(services, composition)),
            new MessageSubmit(services.mailboxes(), composition, services.submission()),
            MessageRedirect.redirect(composition, services.submission()),
            MessageRedirect.forward(composition, services.submission()),
            new MessageConfirm(composition, services.submission()));
    }

    private static List<XimssOperation<?>> accounts(XimssServices services) {
        AccountAccess access = services.accounts().access();
        return List.of(
            new AccountRightsGet(access),
            new AccountAclList(access),
            new AccountAclUpdate(access));
    }

    private static List<XimssOperation<?>> contacts(XimssServices services, XimssSettings settings, Preferences preferences,
                                                     SecureReadings readings) {
        StoredMessages messages = new StoredMessages(services.mailboxes());
        ContactItems items = new ContactItems(appending(services, composition(services, messages, settings, preferences)),
            services.submission());
        return List.of(
            new ContactAppend(items),
            new ContactFind(messages, readings, preferences),
            new ContactsImport(items));
    }

    /** Secure Messaging (S/MIME), and how a key comes here: that is ours. */
    private static List<XimssOperation<?>> secureMessaging(XimssServices services, XimssSettings settings) {
        LogIn logIn = services.authentication().logIn(settings.server());
        UserKeys keys = new UserKeys(services.settings());
        KeyHashing hashing = services.accounts().keyHashing();
        return List.of(
            new SmimeUnlock(logIn, keys, hashing),
            new SmimeLock(),
            new SmimeModifyPassword(logIn, keys, hashing),
            new SmimeImport(logIn, keys, hashing));
    }

    /** What the text, which breaks off, does not come to. */
    private static List<XimssOperation<?>> behindTheText(XimssServices services, XimssSettings settings, Preferences preferences) {
        return List.of(
            new FolderSearch(services.mailboxes()),
            new SetClientName(),
            new SetSessionOption(new MailboxWatch.Sources(services.eventBus(), services.mailboxManager(), services.classes(),
                new MailboxTotals(services.tables().summaries())), settings.idleTimeout()),
            new PrefsRead(preferences),
            new PrefsStore(preferences));
    }

    private static List<XimssOperation<?>> rules(XimssServices services) {
        MailRules rules = mailRules(services);
        return List.of(
            new RuleList(rules),
            new RuleRead(rules),
            new RuleSet(rules, new RuleTargets(services.settings(), services.domains()::isLocal)),
            new RuleRename(rules),
            new RuleRemove(rules));
    }

    private static MailRules mailRules(XimssServices services) {
        return new MailRules(services.scripts(), services.tables().replacements());
    }

    private static Appending appending(XimssServices services, Composition composition) {
        return new Appending(services.mailboxes(), composition, services.tables().replacements());
    }

    private static Composition composition(XimssServices services, StoredMessages messages, XimssSettings settings,
                                           Preferences preferences) {
        return new Composition(new EmailComposer(settings.server().helloName()), messages, services.personalFiles(),
            new MailboxCertificates(services.mailboxes(), messages), CLOCK, preferences);
    }

    /** Beyond the end of the text: calendars. */
    private static List<XimssOperation<?>> calendars(XimssServices services, XimssSettings settings, Preferences preferences) {
        Calendars calendars = new Calendars(services.mailboxes(), new StoredMessages(services.mailboxes()));
        CalendarSearch search = new CalendarSearch(calendars, preferences);
        ItemChanges changes = new ItemChanges(calendars, new Invitations(services.submission(), settings.server().helloName()), CLOCK);
        return List.of(
            new CalendarOpen(calendars),
            new CalendarClose(),
            new FindEvents(search),
            new FindTasks(search),
            new CalendarReadItem(calendars),
            new CalendarPublish(calendars, changes, preferences),
            new CalendarCancel(calendars, changes, preferences));
    }

    /** The Personal File Storage, behind the text too. */
    private static List<XimssOperation<?>> files(PersonalFiles files, Preferences preferences) {
        return List.of(
            new FileList(files, preferences),
            new FileRead(files, preferences),
            new FileWrite(files),
            new FileRemove(files),
            new FileDirCreate(files));
    }
}
