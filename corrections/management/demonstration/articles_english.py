"""The English articles of The Example, about a town that does not exist."""

from corrections.management.demonstration.texts import ArticleText

WATER = ArticleText(
    key="water-en",
    language="en",
    section="services",
    days_ago=14,
    byline="Layla Haddad",
    author="layla",
    title="Water pumping resumes in Ain al-Zaytoun after a three-month break",
    standfirst="Council crews have restarted the main station. Repairs to the eastern network are due within six weeks.",
    body="""
<p>Ain al-Zaytoun council said water was flowing again to every part of the town, three months after a fault in the main pump cut supplies.</p>
<p>The head of the council’s water office, Huda al-Ali, said the station serves about 1,200 families and that pumping would run “every other day” until the network is repaired.</p>
<p>A statement by <bdi>BlueWell Trust</bdi>, which paid for the repair, put the cost at $38,500, covering two replacement pumps and solar panels that meet 60% of the station’s electricity needs. The trust’s Arabic name is <bdi lang="ar" dir="rtl">صندوق البئر الأزرق</bdi>.</p>
<h2>Repairs in two phases</h2>
<p>The first phase, finished a few days ago, covered the station and the main line. The second will replace 4.5 kilometres of the eastern network and is due to end within six weeks.</p>
<p>People in the eastern quarter said pressure was still weak on upper floors, which the council put down to leaks in the old pipes.</p>
<p>Pumping times are on the council’s site (<bdi dir="ltr">ain-alzaytoun.example/water</bdi>) and at its service desk.</p>
""",
    picture="tower",
    alternative="Drawing of a water tower among hills",
    caption="The water tower at the eastern entrance to the town",
    credit="Samer Nehme",
)

BAKERIES = ArticleText(
    key="bakeries-en",
    language="en",
    section="economy",
    days_ago=11,
    byline="Yousef Darwish",
    author="",
    title="Three bakeries switch to solar-heated ovens",
    standfirst="The owners expect to save a third of their fuel. Bread prices stay as they are.",
    body="""
<p>Three of the seven bakeries in Ain al-Zaytoun have begun to preheat their ovens with solar collectors, a change their owners say will save about a third of the diesel they burn.</p>
<p>The collectors, made in a workshop in the town, warm the air that feeds the burners. On cloudy days the ovens run as before.</p>
<p>“We start at three in the morning, so we also store heat in stone,” said Nadim Khoury, who owns the oldest of the three. He said the price of a bundle of bread would not change.</p>
<h2>Who pays</h2>
<p>Each set costs $2,900. The owners pay a third at once and the rest over two years, from what they save on fuel.</p>
<p>Two more bakeries are waiting for permission to build on roofs that they share with other shops.</p>
""",
    picture="houses",
    alternative="Drawing of houses side by side with smoking chimneys",
    caption="Roofs in the old market quarter",
    credit="Samer Nehme",
)

NIGHT_BUS = ArticleText(
    key="bus-en",
    language="en",
    section="services",
    days_ago=10,
    byline="Layla Haddad",
    author="layla",
    title="Night bus returns, but not for everyone",
    standfirst="The last departure is now at half past ten. The northern farms are left out.",
    body="""
<p>The night bus between Ain al-Zaytoun and the wholesale market is running again after two years, with three departures between eight and half past ten.</p>
<p>The council said the line had been chosen by the number of night workers along it. A ticket costs the same as by day.</p>
<p>The northern farms are not served. The council gave the condition of the road as the reason and said it would look at the matter again in spring.</p>
<h2>Waiting in the dark</h2>
<p>Passengers asked for lamps at two stops. One of them, at the old mill, has neither a shelter nor a pavement.</p>
<p>The drivers’ association said it would accept stops on request after nine, so that people could get off closer to home.</p>
""",
    picture="bus",
    alternative="Drawing of a bus on a road between hills",
    caption="The night bus on its first evening",
    credit="Layla Haddad",
)

CLINIC = ArticleText(
    key="clinic-en",
    language="en",
    section="society",
    days_ago=7,
    byline="Yousef Darwish",
    author="",
    title="Mobile clinic extends its round to the hill villages",
    standfirst="A nurse, a midwife and a doctor will stop in four more villages every fortnight.",
    body="""
<p>The mobile clinic based in Ain al-Zaytoun will stop in four hill villages every second week, its organisers said, bringing the number of places on its round to eleven.</p>
<p>The team is a nurse, a midwife and a doctor. It carries vaccines in a fridge that runs on the van’s battery and a small panel on the roof.</p>
<p>Between visits, a telephone line is open on weekday mornings. The organisers said they would send a car for urgent cases where the road allowed it.</p>
<h2>Records on paper</h2>
<p>Patients keep their own records, a folded card that the team stamps. The organisers said this was safer than a list that could be lost, and that no list of names leaves the van.</p>
<p>The round is paid for until the end of next year.</p>
""",
    picture="bridge",
    alternative="Drawing of a bridge with three arches over a valley",
    caption="The valley bridge, on the clinic’s way to the hills",
    credit="Samer Nehme",
)

ENGLISH = (WATER, BAKERIES, NIGHT_BUS, CLINIC)
